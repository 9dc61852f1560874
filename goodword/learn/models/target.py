"""Targets: what a workspace wants its measures to be."""

from __future__ import annotations

from django.db import models

from goodword.staff.models import Scoped, ScopedQuerySet


class Target(Scoped):
    """Of one measure of the scorecard, by its key: a share 0–1, or hours."""

    measure = models.CharField(max_length=20)
    value = models.FloatField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "measure"], name="one_target_a_measure")]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"
