from __future__ import annotations

import pytest

from goodword.care.let_go import let_go_cases
from goodword.care.lock import lock_case
from goodword.care.models import Case, State
from goodword.staff.change_members import change_role, remove_member
from goodword.staff.models import Membership, Role
from tests.care.world import World, at, fresh


@pytest.mark.parametrize("way", ["removed", "viewer"])
def test_cases_of_who_can_not_answer_any_more_go_back_to_the_team(world: World, way: str) -> None:
    ada, zoe, team = world.agent("Ada", Role.ADMIN), world.agent("Zoe"), world.team()
    open_, solved = world.case(assignee=zoe, team=team), world.case(assignee=zoe, state=State.RESOLVED)
    others = world.case(assignee=ada)
    membership = Membership.objects.get(agent=zoe)
    if way == "removed":
        remove_member(membership=membership, by=ada, now=at(1))
    else:
        change_role(membership=membership, role=Role.VIEWER, by=ada, now=at(1))
    assert let_go_cases(workspace_id=world.workspace.pk, agent_id=zoe.pk, now=at(2)) == 1
    assert (fresh(open_).assignee, fresh(open_).team) == (None, team)
    assert (fresh(solved).assignee, fresh(others).assignee) == (zoe, ada)
    assert let_go_cases(workspace_id=world.workspace.pk, agent_id=zoe.pk, now=at(3)) == 0


def test_a_case_that_somebody_took_meanwhile_stays_theirs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, zoe = world.agent("Ada", Role.ADMIN), world.agent("Zoe")
    case = world.case(assignee=zoe)
    remove_member(membership=Membership.objects.get(agent=zoe), by=ada, now=at(1))

    def taken_first(case: Case) -> Case:
        Case.objects.filter(pk=case.pk).update(assignee=ada)
        return lock_case(case)

    monkeypatch.setattr("goodword.care.let_go.lock_case", taken_first)
    assert let_go_cases(workspace_id=world.workspace.pk, agent_id=zoe.pk, now=at(2)) == 0
    assert fresh(case).assignee == ada


def test_who_may_answer_keeps_their_cases(world: World) -> None:
    zoe = world.agent("Zoe")
    case = world.case(assignee=zoe)
    elsewhere = World(slug="other").case(assignee=zoe)
    assert let_go_cases(workspace_id=world.workspace.pk, agent_id=zoe.pk, now=at(1)) == 0
    assert let_go_cases(workspace_id=elsewhere.workspace_id, agent_id=zoe.pk, now=at(1)) == 1
    assert (fresh(case).assignee, fresh(elsewhere).assignee) == (zoe, None)
