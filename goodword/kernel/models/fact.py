"""The table of facts: audit trail, timeline, outbox of webhooks and source of the live updates in one."""

from __future__ import annotations

from django.db import models


class FactRow(models.Model):
    """Something that happened. Appended by `facts.record`, never changed.

    Workspace and actor are plain ids: the kernel lies below the rooms that own them.
    """

    workspace_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)  # what it is about, e.g. "case:7"
    actor_id = models.BigIntegerField(null=True)  # the agent; null when a customer or the house itself acted
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "kernel_fact"
        indexes = [
            models.Index(fields=["workspace_id", "subject", "id"], name="fact_of_subject"),
            models.Index(fields=["workspace_id", "kind", "id"], name="fact_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
