"""Assigning: who answers."""

from __future__ import annotations

import pytest

from goodword.care.assign import CannotTakeCases, assign_case
from goodword.care.lock import MergedAway
from goodword.care.models import State
from goodword.staff.models import Notice, Role
from tests.care.world import World, at, fresh


def test_the_new_assignee_gets_one_notice_and_the_case_one_fact(world: World) -> None:
    lead, ana, case = world.agent("Lea", Role.LEAD), world.agent("Ana"), world.case()
    assign_case(case=case, by=lead, to=ana, now=at(1))
    assign_case(case=case, by=lead, to=ana, now=at(2))
    assert fresh(case).assignee == ana
    assert world.facts(case) == ["CaseAssigned"]
    notice = Notice.objects.get()
    assert (notice.agent, notice.kind, notice.subject) == (ana, Notice.Kind.ASSIGNED, f"case:{case.pk}")


def test_who_takes_a_case_needs_no_notice(world: World) -> None:
    ana, case = world.agent("Ana"), world.case()
    assign_case(case=case, by=ana, to=ana, now=at(1))
    assert not Notice.objects.exists()


def test_a_team_and_an_agent_stand_side_by_side_and_none_takes_both_away(world: World) -> None:
    ana, team, case = world.agent("Ana"), world.team(), world.case()
    assign_case(case=case, by=None, to=ana, team=team, now=at(1))
    assert (fresh(case).assignee, fresh(case).team) == (ana, team)
    assign_case(case=case, by=ana, now=at(2))
    assert (fresh(case).assignee, fresh(case).team) == (None, None)


def test_viewers_strangers_and_foreign_teams_are_refused(world: World) -> None:
    case, ana = world.case(), world.agent("Ana")
    elsewhere = World(slug="elsewhere")
    for stranger in (world.agent("Vic", Role.VIEWER), elsewhere.agent("Sue")):
        with pytest.raises(CannotTakeCases):
            assign_case(case=case, by=ana, to=stranger, now=at(1))
    with pytest.raises(CannotTakeCases):
        assign_case(case=case, by=ana, team=elsewhere.team(), now=at(1))
    assert world.facts() == []


def test_a_case_that_was_merged_away_says_where_to_go_on(world: World) -> None:
    kept, middle = world.case(), world.case()
    middle.merged_into = kept
    middle.save()
    gone = world.case(merged_into=middle, state=State.OPEN)
    with pytest.raises(MergedAway) as refused:
        assign_case(case=gone, by=None, to=world.agent(), now=at(1))
    assert refused.value.into == kept
    assert str(kept.number) in str(refused.value)
