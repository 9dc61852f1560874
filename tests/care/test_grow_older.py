"""Waiting counts, in few steps."""

from __future__ import annotations

import pytest

from goodword.care.grow_older import grow_older
from goodword.care.models import Case, State
from goodword.kernel.models import FactRow
from goodword.triage.risk import Part
from tests.care.world import World, at, fresh

HOUR = 60
MONEY = Part("money", 20, "money", "refund")


def waiting_case(world: World, *parts: Part, since: float = 0) -> Case:
    case = world.case()
    rows = Case.objects.filter(pk=case.pk)
    rows.update(
        risk=sum(part.points for part in parts),
        risk_parts=[part.as_json() for part in parts],
        waiting_since=at(since),
        state=State.OPEN,
    )
    return fresh(case)


def older(minutes: float) -> int:
    return grow_older(now=at(minutes), limit=100)


@pytest.mark.parametrize(("hours", "points"), [(3.9, 0), (4, 2), (11.9, 2), (12, 4), (24, 6), (72, 8), (999, 8)])
def test_each_step_of_waiting_adds_its_points_once(world: World, hours: float, points: int) -> None:
    case = waiting_case(world, MONEY)
    assert [older(hours * HOUR), older(hours * HOUR + 1)] == [int(points > 0), 0]
    assert fresh(case).risk == 20 + points
    assert [part.points for part in fresh(case).risk_reasons if part.name == "age"] == [points] * (points > 0)
    assert FactRow.objects.filter(kind="RiskReviewed").count() == int(points > 0)


def test_who_was_answered_waits_no_more(world: World) -> None:
    case = waiting_case(world, MONEY)
    older(80 * HOUR)
    Case.objects.update(waiting_since=None, state=State.PENDING)
    assert [older(81 * HOUR), older(82 * HOUR)] == [1, 0]
    assert (fresh(case).risk, fresh(case).risk_reasons) == (20, [MONEY])


def test_a_score_at_its_bound_grows_older_without_a_fact(world: World) -> None:
    parts = Part("urgency", 40, "cannot_wait"), Part("money", 18, "money", "refund")
    case = waiting_case(world, *parts)
    older(80 * HOUR)
    assert (fresh(case).risk, len(fresh(case).risk_reasons)) == (58, 3)
    assert not FactRow.objects.filter(kind="RiskReviewed").exists()


def test_resolved_and_snoozed_cases_are_left_alone_and_the_rest_goes_in_portions(world: World) -> None:
    for state in (State.RESOLVED, State.SNOOZED):
        Case.objects.filter(pk=waiting_case(world, MONEY).pk).update(state=state)
    for _ in range(3):
        waiting_case(world, MONEY)
    assert [grow_older(now=at(80 * HOUR), limit=2) for _ in range(3)] == [2, 1, 0]
