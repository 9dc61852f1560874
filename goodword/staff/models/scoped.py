"""What belongs to one workspace and never leaves it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from goodword.staff.models.workspace import Workspace

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[M_co]):
    """The first question to any customer data is whose it is."""

    def of(self, workspace: Workspace | int) -> Self:
        """Rows of this workspace only."""
        return self.filter(workspace_id=workspace if isinstance(workspace, int) else workspace.pk)


class Scoped(models.Model):
    """Base of every model with a brand's data. The workspace leads its indexes, so that tables can be spread by it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True
