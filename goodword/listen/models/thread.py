"""Threads: mentions that answer each other."""

from __future__ import annotations

from django.db import models

from goodword.listen.models.source import Source
from goodword.staff.models import Scoped, ScopedQuerySet


class Thread(Scoped):
    """A conversation on one source. Two become one when a late parent shows that they always were."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="+", db_index=False)
    native_id = models.CharField(max_length=400, null=True)  # the network's name for it, where it has one
    joined_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="joined")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "source", "native_id"],
                condition=models.Q(native_id__isnull=False),
                name="one_thread_a_native_id",
            )
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"
