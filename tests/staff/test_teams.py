from __future__ import annotations

import pytest

from goodword.staff.models import Agent, Team
from goodword.staff.teams import BadTeam, delete_team, save_team
from tests.care.world import World


def members(team: Team) -> set[str]:
    return {agent.name for agent in team.members.all()}


def test_a_team_is_made_and_changed(world: World, admin: Agent) -> None:
    zoe = world.agent("Zoe")
    team = save_team(workspace=world.workspace, name="  Night   shift ", agent_ids=[admin.pk, zoe.pk])
    assert (team.name, members(team)) == ("Night shift", {"Ada", "Zoe"})
    save_team(workspace=world.workspace, team=team, name="Night", agent_ids=[zoe.pk])
    team.refresh_from_db()
    assert (team.name, members(team)) == ("Night", {"Zoe"})


def test_strangers_are_left_out(world: World) -> None:
    stranger = World(slug="other").agent("Bea")
    assert members(save_team(workspace=world.workspace, name="Night", agent_ids=[stranger.pk, 0])) == set()


@pytest.mark.parametrize("name", ["", "  ", "n" * 61, "Billing"])
def test_a_name_must_be_one_and_free(world: World, name: str) -> None:
    world.team("Billing")
    with pytest.raises(BadTeam):
        save_team(workspace=world.workspace, name=name, agent_ids=[])


def test_a_dissolved_teams_cases_stay(world: World) -> None:
    team = world.team()
    case = world.case(team=team)
    delete_team(team=team)
    case.refresh_from_db()
    assert case.team is None
