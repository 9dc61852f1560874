"""Raw intake: what a network gave us, stored before it is understood."""

from __future__ import annotations

from django.db import models

from goodword.connectors.contract import Raw
from goodword.listen.models.import_run import ImportRun
from goodword.listen.models.source import Source
from goodword.staff.models import Scoped, ScopedQuerySet, Workspace


class RawItem(Scoped):
    """One item as it came. A rejected one is kept with its reason, and shown under its source.

    There is no state per row: items are understood in the order of their ids, up to the source's `understood_id`.
    Intake holds the source's lock, so that ids become visible in order.
    """

    # No constraints in the database: rows come in by the hundred thousand, from one verb that holds the source itself,
    # and three look-ups a row would take most of intake's time.
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    import_run = models.ForeignKey(
        ImportRun, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    delivery_id = models.CharField(max_length=400)
    body = models.BinaryField()
    content_type = models.CharField(max_length=100)
    received_at = models.DateTimeField()
    rejected_because = models.TextField(blank=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "source", "delivery_id"], name="one_raw_item_a_delivery")
        ]
        indexes = [
            models.Index(fields=["source", "id"], name="raw_in_order"),
            models.Index(
                fields=["workspace", "source", "id"], condition=~models.Q(rejected_because=""), name="raw_rejected"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} from source {self.source_id}"

    def as_heard(self) -> Raw:
        """As it came, for the connector to parse."""
        return Raw(self.delivery_id, bytes(self.body), self.content_type)
