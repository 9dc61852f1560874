"""Teams: groups of agents that a case can be given to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.staff.models.scoped import Scoped, ScopedQuerySet


class Team(Scoped):
    """A group of agents within a workspace."""

    name = models.CharField(_("name"), max_length=60)
    members = models.ManyToManyField("staff.Agent", through="staff.TeamMember", related_name="teams")
    # Whose hours it keeps; null: the workspace's.
    calendar = models.ForeignKey("staff.Calendar", models.SET_NULL, null=True, related_name="teams", db_index=False)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="one_team_of_a_name")]

    def __str__(self) -> str:
        return self.name


class TeamMember(Scoped):
    """An agent's place in a team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    agent = models.ForeignKey("staff.Agent", models.CASCADE, related_name="+")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "agent"], name="once_in_a_team")]

    def __str__(self) -> str:
        return f"{self.agent_id} in team {self.team_id}"
