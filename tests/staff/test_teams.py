from __future__ import annotations

import pytest

from goodword.kernel.models import FactRow
from goodword.staff.models import Agent, Team
from goodword.staff.teams import BadTeam, delete_team, save_team
from tests.care.world import World, at


def members(team: Team) -> set[str]:
    return {agent.name for agent in team.members.all()}


def test_a_team_is_made_and_changed(world: World, admin: Agent) -> None:
    zoe = world.agent("Zoe")
    team = save_team(
        workspace=world.workspace, name="  Night   shift ", agent_ids=[admin.pk, zoe.pk], by=admin, now=at(1)
    )
    assert (team.name, members(team)) == ("Night shift", {"Ada", "Zoe"})
    save_team(workspace=world.workspace, team=team, name="Night", agent_ids=[zoe.pk], by=admin, now=at(2))
    team.refresh_from_db()
    assert (team.name, members(team)) == ("Night", {"Zoe"})


def test_strangers_are_left_out(world: World) -> None:
    stranger = World(slug="other").agent("Bea")
    team = save_team(workspace=world.workspace, name="Night", agent_ids=[stranger.pk, 0], by=None, now=at(1))
    assert members(team) == set()


@pytest.mark.parametrize("name", ["", "  ", "n" * 61, "Billing"])
def test_a_name_must_be_one_and_free(world: World, name: str) -> None:
    world.team("Billing")
    with pytest.raises(BadTeam):
        save_team(workspace=world.workspace, name=name, agent_ids=[], by=None, now=at(1))
    assert world.facts() == []


def test_a_dissolved_teams_cases_stay(world: World) -> None:
    team = world.team()
    case = world.case(team=team)
    delete_team(team=team, by=None, now=at(1))
    case.refresh_from_db()
    assert case.team is None


def test_each_change_of_a_team_stands_in_the_facts_with_who_made_it(world: World, admin: Agent) -> None:
    zoe = world.agent("Zoe")
    team = save_team(workspace=world.workspace, name="Night", agent_ids=[admin.pk], by=admin, now=at(1))
    for _again in range(2):  # the second changes nothing, and is no fact
        save_team(workspace=world.workspace, team=team, name="Late", agent_ids=[zoe.pk], by=admin, now=at(2))
    team.refresh_from_db()
    pk = team.pk
    delete_team(team=team, by=admin, now=at(3))
    rows = FactRow.objects.filter(subject=f"team:{pk}").order_by("pk")
    assert [(row.kind, row.data, row.actor_id) for row in rows] == [
        ("TeamSaved", {"team_id": pk, "name": "Night", "joined": [admin.pk], "left": []}, admin.pk),
        ("TeamSaved", {"team_id": pk, "name": "Late", "joined": [zoe.pk], "left": [admin.pk]}, admin.pk),
        ("TeamDissolved", {"team_id": pk, "name": "Late"}, admin.pk),
    ]
