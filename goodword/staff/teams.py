"""Make teams, say who is in them, and dissolve them."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.staff.models import Membership, Team, TeamMember, Workspace


class BadTeam(Exception):
    """The name is empty, too long or taken."""


@transaction.atomic
def save_team(*, workspace: Workspace, team: Team | None = None, name: str, agent_ids: Collection[int]) -> Team:
    """A new team, or `team` with another name and other members. Who is no member of the workspace is left out.

    Raises `BadTeam`.
    """
    name = " ".join(name.split())
    longest = Team._meta.get_field("name").max_length or 0
    if not name or len(name) > longest:
        raise BadTeam(_("A team has a name of 1 to %(longest)d characters.") % {"longest": longest})
    kept = team or Team(workspace=workspace)
    kept.name = name
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadTeam(_("There is a team called “%(name)s” already.") % {"name": name}) from error
    members = Membership.objects.filter(workspace=workspace, agent__in=agent_ids).values_list("agent_id", flat=True)
    TeamMember.objects.of(workspace).filter(team=kept).exclude(agent__in=list(members)).delete()
    TeamMember.objects.bulk_create(
        [TeamMember(workspace=workspace, team=kept, agent_id=agent_id) for agent_id in members], ignore_conflicts=True
    )
    return kept


def delete_team(*, team: Team) -> None:
    """Dissolve it; its cases belong to no team then."""
    team.delete()
