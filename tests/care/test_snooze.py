from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from goodword.care.models import State
from goodword.care.snooze import LONGEST, CannotSnooze, snooze_case, wake_case, wake_due
from goodword.care.views.changes import snooze_choices
from tests.care.world import World, at, fresh


def test_a_snoozed_case_wakes_at_its_time_and_not_before(world: World) -> None:
    ana, case = world.agent(), world.case()
    snooze_case(case=case, by=ana, until=at(60), now=at(0))
    assert (fresh(case).state, fresh(case).snoozed_until) == (State.SNOOZED, at(60))
    assert wake_due(now=at(59)) == 0
    assert wake_due(now=at(60)) == 1
    assert wake_due(now=at(61)) == 0
    assert (fresh(case).state, fresh(case).snoozed_until) == (State.OPEN, None)
    assert world.facts(case) == ["CaseSnoozed", "CaseWoken"]


def test_a_case_wakes_open_even_where_nobody_waits(world: World) -> None:
    ana, case = world.agent(), world.case()
    snooze_case(case=case, by=ana, until=at(5), now=at(0))
    answered = world.case()
    world.reply(answered, ana, when=1)
    snooze_case(case=answered, by=ana, until=at(5), now=at(2))
    wake_due(now=at(9))
    assert [(fresh(each).state, fresh(each).waiting_since) for each in (case, answered)] == [
        (State.OPEN, at(0)),
        (State.OPEN, None),
    ]


def test_waking_goes_in_portions(world: World) -> None:
    for _ in range(3):
        snooze_case(case=world.case(), by=None, until=at(5), now=at(0))
    assert [wake_due(now=at(9), limit=2) for _ in range(3)] == [2, 1, 0]


def test_an_agent_wakes_a_case_by_hand(world: World) -> None:
    ana, case = world.agent(), world.case()
    snooze_case(case=case, by=ana, until=at(60), now=at(0))
    wake_case(case=case, by=ana, now=at(1))
    wake_case(case=case, by=ana, now=at(2))
    assert fresh(case).state == State.OPEN
    assert world.facts(case) == ["CaseSnoozed", "CaseWoken"]


def test_the_past_and_resolved_cases_are_refused(world: World) -> None:
    ana, case = world.agent(), world.case()
    with pytest.raises(CannotSnooze):
        snooze_case(case=case, by=ana, until=at(0), now=at(0))
    with pytest.raises(CannotSnooze):
        snooze_case(case=world.case(state=State.RESOLVED), by=ana, until=at(60), now=at(0))


@pytest.mark.parametrize("until", ["9999-12-31T23:59-14:00", "9999-12-31T23:59+14:00", "0001-01-01T00:00+14:00"])
def test_times_at_the_ends_of_the_calendar_are_refused(world: World, until: str) -> None:
    case = world.case()
    with pytest.raises(CannotSnooze):
        snooze_case(case=case, by=None, until=datetime.fromisoformat(until), now=at(0))
    assert fresh(case).state == State.OPEN


def test_a_case_sleeps_for_two_years_at_most(world: World) -> None:
    case = world.case()
    with pytest.raises(CannotSnooze, match="two years"):
        snooze_case(case=case, by=None, until=at(0) + LONGEST + timedelta(seconds=1), now=at(0))
    snooze_case(case=case, by=None, until=at(0) + LONGEST, now=at(0))
    assert fresh(case).snoozed_until == at(0) + LONGEST


@pytest.mark.parametrize("offset", ["+14:00", "-14:00"])
def test_a_time_of_any_zone_is_kept_as_the_moment_it_is(world: World, offset: str) -> None:
    until = datetime.fromisoformat(f"2026-03-05T12:00{offset}")
    case = snooze_case(case=world.case(), by=None, until=until, now=at(0))
    assert (case.snoozed_until, fresh(case).snoozed_until) == (until, until)
    assert case.snoozed_until is not None
    assert case.snoozed_until.tzinfo is UTC


def test_a_merged_case_sleeps_on(world: World) -> None:
    world.case(state=State.SNOOZED, snoozed_until=at(5), merged_into=world.case())
    assert wake_due(now=at(9)) == 0


def test_on_a_sunday_monday_is_offered_once() -> None:
    sunday = datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert [moment.isoformat()[:10] for _label, moment in snooze_choices(sunday, ZoneInfo("UTC"))] == [
        "2026-11-22",
        "2026-11-23",
        "2026-11-29",
    ]


def test_three_hours_are_three_hours_though_the_clocks_change() -> None:
    now = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before summer begins in Berlin
    choices = [moment.astimezone(UTC) for _label, moment in snooze_choices(now, ZoneInfo("Europe/Berlin"))]
    assert choices[0] == now + timedelta(hours=3)
    assert choices[1] == datetime(2026, 3, 30, 7, tzinfo=UTC)  # nine in the morning there
