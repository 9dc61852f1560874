"""Case numbers."""

from __future__ import annotations

from django.db import models

from goodword.staff.models import Scoped, ScopedQuerySet


class CaseNumbers(Scoped):
    """The last case number of a workspace; taken under its row's lock, so that none is given twice."""

    last = models.BigIntegerField(default=0)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="one_counter_a_workspace")]

    def __str__(self) -> str:
        return f"last case of workspace {self.workspace_id}: {self.last}"
