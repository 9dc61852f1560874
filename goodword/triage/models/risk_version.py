"""How a workspace weighs risk, version by version."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Agent, Scoped, ScopedQuerySet
from goodword.triage.weights import Weights


class RiskVersionQuerySet(ScopedQuerySet["RiskVersion"]):
    """Questions to versions."""

    def newest_in_force(self) -> Self:
        """The one that was switched on last; filter by workspace, or take one for each."""
        return self.filter(in_force_since__isnull=False).order_by("workspace", "-in_force_since", "-number")


class RiskVersion(Scoped):
    """One way to weigh: who wrote it, when and why. It is never changed; what is switched on last is in force."""

    number = models.IntegerField()  # counts within the workspace
    weights = models.JSONField()  # of `triage.weights.Weights`
    why = models.CharField(_("why"), max_length=300)
    written_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    # What it would have moved, when it was last tried on the past; null: it wasn't yet.
    tried_at = models.DateTimeField(null=True)
    tried_cases = models.IntegerField(default=0)
    moved_up = models.IntegerField(default=0)
    moved_down = models.IntegerField(default=0)
    in_force_since = models.DateTimeField(null=True)
    switched_on_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    objects = RiskVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "number"], name="one_risk_version_a_number")]
        indexes = [
            models.Index(
                fields=["workspace", "-in_force_since"],
                condition=Q(in_force_since__isnull=False),
                name="risk_versions_in_force",
            )
        ]

    def __str__(self) -> str:
        return _("Version %(number)d") % {"number": self.number}

    @property
    def weighs(self) -> Weights:
        """What it weighs."""
        return Weights.read(self.weights)
