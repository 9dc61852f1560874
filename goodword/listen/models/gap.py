"""The ledger of gaps: when a source was not heard, and why."""

from __future__ import annotations

from django.db import models

from goodword.listen.models.source import Source
from goodword.staff.models import Scoped, ScopedQuerySet


class Gap(Scoped):
    """A time without ears. Open while `until` is null; `filled_at` says when what was missed came in after all."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="gaps", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.TextField()
    filled_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "source", "-since"], name="gaps_of_source")]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=models.Q(until=None), name="one_open_gap_a_source")
        ]

    def __str__(self) -> str:
        return f"gap of source {self.source_id} since {self.since}"
