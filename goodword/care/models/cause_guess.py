"""What the taught reader makes of a case nobody has named the cause of yet."""

from __future__ import annotations

from django.db import models

from goodword.care.models.case import Case
from goodword.staff.models import Scoped, ScopedQuerySet
from goodword.triage.models import Cause


class CauseGuess(Scoped):
    """A guess by one lesson. Without a cause: the lesson would rather not say."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    cause = models.ForeignKey(Cause, models.CASCADE, null=True, related_name="+", db_index=False)
    chance = models.FloatField(default=0)  # that it is right, as seen on held-back examples
    taught_at = models.DateTimeField()  # of the lesson
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "cause"], name="guesses_of_cause")]

    def __str__(self) -> str:
        return f"guess of case {self.case_id}"
