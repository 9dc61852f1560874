"""Cases whose replies somebody else has to see before they go."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class HeldCase(Scoped):
    """Every reply of the case waits for approval, since a rule said so.

    Who lifts it lifts it for others: what they write themselves waits until somebody else has lifted it as well.
    """

    case = models.ForeignKey("care.Case", models.CASCADE, related_name="+", db_index=False)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "case"], name="one_hold_a_case")
        ]

    def holds(self, writer: Agent) -> bool:
        """Whether what `writer` writes has to wait."""
        return self.lifted_by_id in (None, writer.pk)

    def __str__(self) -> str:
        return f"replies of case {self.case_id} are held"
