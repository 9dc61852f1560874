"""Cases whose replies somebody else has to see before they go."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goodword.staff.models import Scoped, ScopedQuerySet


class HeldCase(Scoped):
    """Every reply of the case waits for approval, since a rule said so; until a lead lifts it."""

    case = models.ForeignKey("care.Case", models.CASCADE, related_name="+", db_index=False)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "case"], name="one_hold_a_case")
        ]

    def __str__(self) -> str:
        return f"replies of case {self.case_id} are held"
