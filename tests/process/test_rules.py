"""Small rules of the process: ladders, conditions, lengths of time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.process.rules.condition import Condition, Traits
from goodword.process.rules.due import Target
from goodword.process.rules.durations import LONGEST, BadDuration, read_minutes, write_minutes
from goodword.process.rules.ladder import Rung, moment_of_rung, whom_to_tell
from goodword.process.rules.stretches import Stretch, Timed
from goodword.staff.business_time import nine_to_five
from tests.care.world import at


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("30 min", 30), ("4h", 240), ("1 h 30 min", 90), ("1h, 5m", 65), ("2 d", 2880), ("", None), ("  ", None)],
)
def test_lengths_that_are_understood(written: str, minutes: int | None) -> None:
    assert read_minutes(written) == minutes


@pytest.mark.parametrize(
    ("written", "says"),
    [("soon", "not understood"), ("4", "not understood"), ("4 h or so", "not understood"),
     ("0 min", "a minute at least"), ("9999 d", "a year at most"), ("-3 h", "not understood")],
)  # fmt: skip
def test_what_is_no_length_is_refused(written: str, says: str) -> None:
    with pytest.raises(BadDuration, match=says):
        read_minutes(written)


def test_a_day_of_working_time_is_not_said_in_days() -> None:
    with pytest.raises(BadDuration, match="hours"):
        read_minutes("2 d", in_business_time=True)


@given(st.integers(1, LONGEST), st.booleans())
def test_lengths_are_read_as_they_are_written(minutes: int, business: bool) -> None:
    assert read_minutes(write_minutes(minutes, in_business_time=business), in_business_time=business) == minutes


@pytest.mark.parametrize(
    ("whom", "assignee", "team", "told"),
    [
        (("assignee",), 1, {2}, {1}),
        (("assignee",), None, {2, 3}, {2, 3}),
        (("assignee",), 99, set(), {8}),  # they have left
        (("team",), 1, {2}, {2}),
        (("team",), 1, set(), {8}),
        (("leads", 4), 1, {2}, {8, 4}),
        ((99,), 1, {2}, {8}),
    ],
)
def test_somebody_who_can_act_is_told(
    whom: tuple[str | int, ...], assignee: int | None, team: set[int], told: set[int]
) -> None:
    rung = Rung(0, whom)
    assert whom_to_tell(rung, assignee=assignee, team=team, leads={8}, able={1, 2, 3, 4, 8}) == told


def test_a_warning_is_reckoned_in_the_time_of_the_deadline() -> None:
    stretch = Stretch(Timed.FIRST, 1, ((at(4 * 1440 + 270), None),), None, fulfilled=False)  # Friday, 16:30
    target = Target(timedelta(hours=1), nine_to_five("UTC"))
    assert moment_of_rung(Rung(-45, ()), stretch, target) == at(4 * 1440 + 285)  # Friday, 16:45
    assert moment_of_rung(Rung(-90, ()), stretch, target) == stretch.started_at
    assert moment_of_rung(Rung(30, ()), stretch, target) == at(7 * 1440 - 120)  # Monday, 10:00


CASE = Traits(priority=3, risk=40, channel="email", labels=frozenset({5, 6}), team=7)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition(), True),
        (Condition(priorities=(3, 4), min_risk=40, channels=("email",), labels=(6, 9), teams=(7,)), True),
        (Condition(priorities=(4,)), False),
        (Condition(min_risk=41), False),
        (Condition(channels=("chat",)), False),
        (Condition(labels=(9,)), False),
        (Condition(teams=(8,)), False),
    ],
)
def test_which_cases_a_condition_is_for(condition: Condition, holds: bool) -> None:
    assert condition.holds(CASE) == holds
    assert Condition.read(condition.as_json()) == condition
