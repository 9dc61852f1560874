"""Make teams, say who is in them, and dissolve them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.events import TeamDissolved, TeamSaved
from goodword.staff.models import Agent, Membership, Team, TeamMember, Workspace


class BadTeam(Exception):
    """The name is empty, too long or taken."""


@transaction.atomic
def save_team(
    *,
    workspace: Workspace,
    team: Team | None = None,
    name: str,
    agent_ids: Collection[int],
    by: Agent | None,
    now: datetime,
) -> Team:
    """A new team, or `team` with another name and other members. Who is no member of the workspace is left out.

    One that was dissolved meanwhile is made anew. Raises `BadTeam`.
    """
    name = " ".join(name.split())
    longest = Team._meta.get_field("name").max_length or 0
    if not name or len(name) > longest:
        raise BadTeam(_("A team has a name of 1 to %(longest)d characters.") % {"longest": longest})
    kept = (_lock(team) if team else None) or Team(workspace=workspace)
    renamed = kept.name != name
    kept.name = name
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadTeam(_("There is a team called “%(name)s” already.") % {"name": name}) from error
    joined, left = _change_members(kept, agent_ids)
    if renamed or joined or left:
        fact = TeamSaved(workspace_id=workspace.pk, team_id=kept.pk, name=name, joined=joined, left=left)
        record(fact, now=now, actor_id=by.pk if by else None)
    return kept


def _lock(team: Team) -> Team | None:
    return Team.objects.select_for_update().filter(pk=team.pk).first()


def _change_members(team: Team, agent_ids: Collection[int]) -> tuple[list[int], list[int]]:
    """Ids of the agents who joined, and of those who left."""
    mine = TeamMember.objects.of(team.workspace_id).filter(team=team)
    members = Membership.objects.filter(workspace=team.workspace_id, agent__in=agent_ids)
    wanted, before = set(members.values_list("agent_id", flat=True)), set(mine.values_list("agent_id", flat=True))
    joined, left = sorted(wanted - before), sorted(before - wanted)
    mine.filter(agent__in=left).delete()
    TeamMember.objects.bulk_create(
        [TeamMember(workspace_id=team.workspace_id, team=team, agent_id=agent_id) for agent_id in joined],
        ignore_conflicts=True,
    )
    return joined, left


@transaction.atomic
def delete_team(*, team: Team, by: Agent | None, now: datetime) -> None:
    """Dissolve it; its cases belong to no team then."""
    fact = TeamDissolved(workspace_id=team.workspace_id, team_id=team.pk, name=team.name)
    team.delete()
    record(fact, now=now, actor_id=by.pk if by else None)
