"""Raw intake: what a network gave us, stored before it is understood."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.listen.models.import_run import ImportRun
from goodword.listen.models.source import Source
from goodword.staff.models import Scoped, ScopedQuerySet


class RawItem(Scoped):
    """One item as it came. A rejected one is kept with its reason, and shown under its source."""

    class State(models.IntegerChoices):
        WAITING = 0, _("waiting")
        UNDERSTOOD = 1, _("understood")
        REJECTED = 2, _("rejected")

    source = models.ForeignKey(Source, models.CASCADE, related_name="+", db_index=False)
    import_run = models.ForeignKey(ImportRun, models.CASCADE, null=True, related_name="+", db_index=False)
    delivery_id = models.CharField(max_length=400)
    body = models.BinaryField()
    content_type = models.CharField(max_length=100)
    received_at = models.DateTimeField()
    state = models.SmallIntegerField(choices=State.choices, default=State.WAITING)
    reason = models.TextField(blank=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "source", "delivery_id"], name="one_raw_item_a_delivery")
        ]
        indexes = [
            models.Index(fields=["source", "id"], condition=models.Q(state=0), name="raw_waiting"),
            models.Index(fields=["workspace", "source", "id"], condition=models.Q(state=2), name="raw_rejected"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} from source {self.source_id}"
