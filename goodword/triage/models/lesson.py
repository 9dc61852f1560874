"""What a brand has taught about its causes."""

from __future__ import annotations

from django.db import models

from goodword.staff.models import Scoped, ScopedQuerySet


class CauseLesson(Scoped):
    """The newest lesson of a workspace, learned from the causes that its agents confirmed. What it holds is a file."""

    taught_at = models.DateTimeField()
    examples = models.IntegerField()
    accuracy = models.FloatField()  # of held-back examples, 0–1
    stored_as = models.CharField(max_length=64)  # in the file store
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="one_lesson_a_workspace")]

    def __str__(self) -> str:
        return f"lesson of workspace {self.workspace_id}"
