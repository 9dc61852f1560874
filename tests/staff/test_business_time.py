"""Business time: what is known by heart, what must always hold, and a walker that looks at every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.staff.business_time import ALWAYS, Intervals, WorkingTime, length, merged, minus, nine_to_five
from tests.staff.minute_walker import ZONES, Wall, calendars, differences

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = nine_to_five("Europe/Berlin")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def berlin(*when: int) -> datetime:
    return datetime(*when, tzinfo=BERLIN)  # type: ignore[arg-type, misc]


def test_friday_half_past_four_and_an_hour_is_monday_half_past_nine() -> None:
    assert OFFICE.add(berlin(2026, 3, 20, 16, 30), HOUR) == berlin(2026, 3, 23, 9, 30)


def test_it_is_due_when_the_day_ends_not_when_the_next_begins() -> None:
    assert OFFICE.add(berlin(2026, 3, 20, 16), HOUR) == berlin(2026, 3, 20, 17)
    assert OFFICE.add(berlin(2026, 3, 20, 17), timedelta(0)) == berlin(2026, 3, 20, 17)


def test_several_intervals_holidays_and_short_days() -> None:
    split: tuple[Intervals, ...] = (((540, 720), (780, 1020)),) * 5 + ((),) * 2
    calendar = WorkingTime("Europe/Berlin", split, {date(2026, 12, 24): ((540, 660),)}, {(12, 25): ()})
    assert calendar.between(berlin(2026, 12, 21), berlin(2026, 12, 28)) == 3 * 7 * HOUR + 2 * HOUR
    assert calendar.add(berlin(2026, 12, 24, 10, 30), HOUR) == berlin(2026, 12, 28, 9, 30)
    assert calendar.between(berlin(2026, 12, 22, 11), berlin(2026, 12, 22, 14)) == 2 * HOUR


def test_the_hour_that_comes_twice_counts_twice_and_the_one_left_out_not_at_all() -> None:
    night = WorkingTime("Europe/Berlin", (((60, 240),),) * 7)
    assert night.between(berlin(2026, 10, 25), berlin(2026, 10, 26)) == 4 * HOUR
    assert night.between(berlin(2026, 3, 29), berlin(2026, 3, 30)) == 2 * HOUR
    assert ALWAYS.between(berlin(2026, 10, 25), berlin(2026, 10, 26)) == 25 * HOUR


def test_a_day_that_a_country_left_out_has_no_hours() -> None:
    office = WorkingTime("Pacific/Apia", (((540, 1020),),) * 7)
    samoa = ZoneInfo("Pacific/Apia")
    assert office.between(datetime(2011, 12, 29, tzinfo=samoa), datetime(2012, 1, 1, tzinfo=samoa)) == 16 * HOUR


def test_when_it_opens_and_closes_next() -> None:
    assert OFFICE.next_opening(berlin(2026, 3, 20, 18)) == berlin(2026, 3, 23, 9)
    assert OFFICE.next_opening(berlin(2026, 3, 20, 12)) == berlin(2026, 3, 20, 12)
    assert OFFICE.next_change(berlin(2026, 3, 20, 12)) == berlin(2026, 3, 20, 17)
    assert OFFICE.next_change(berlin(2026, 3, 20, 17)) == berlin(2026, 3, 23, 9)
    round_midnight = WorkingTime("Europe/Berlin", (((0, 120), (1200, 1440)),) * 7)
    assert round_midnight.next_change(berlin(2026, 3, 20, 21)) == berlin(2026, 3, 21, 2)
    assert ALWAYS.next_change(berlin(2026, 3, 20, 21)) is None
    assert WorkingTime("UTC", ((),) * 7).next_change(berlin(2026, 3, 20, 21)) is None


def test_what_never_comes_is_said() -> None:
    with pytest.raises(OverflowError):
        WorkingTime("UTC", ((),) * 7).next_opening(datetime(9999, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="taken back"):
        OFFICE.add(berlin(2026, 3, 20), -HOUR)


# Any calendar, over years in which zones changed in every way there is.
minutes = st.integers(0, 1440)
days = st.lists(minutes, max_size=6, unique=True).map(
    lambda ends: tuple(zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)
dates = st.dates(date(2009, 1, 1), date(2015, 1, 1))
moments = st.integers(0, 4 * 365 * 86_400_000_000).map(
    lambda micros: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
)
working_times = st.builds(
    WorkingTime, st.sampled_from(ZONES), st.tuples(*[days] * 7).filter(any), st.dictionaries(dates, days, max_size=5)
)
amounts = st.timedeltas(timedelta(0), 30 * HOUR)
spans = st.lists(st.tuples(moments, moments), max_size=8)


@given(working_times, moments, moments, moments)
def test_parts_add_up(calendar: WorkingTime, one: datetime, two: datetime, three: datetime) -> None:
    first, second, third = sorted((one, two, three))
    whole = calendar.between(first, third)
    assert whole == calendar.between(first, second) + calendar.between(second, third)
    assert timedelta(0) <= whole <= third - first
    assert whole == length(calendar.spans(first, third))
    assert calendar.between(third, first) == timedelta(0)


@given(working_times, moments, amounts)
def test_adding_and_measuring_agree(calendar: WorkingTime, since: datetime, amount: timedelta) -> None:
    due = calendar.add(since, amount)
    assert calendar.between(since, due) == amount
    if amount:
        assert calendar.between(since, due - timedelta(microseconds=1)) < amount


@given(working_times, moments, amounts, amounts)
def test_adding_twice_is_adding_the_sum(calendar: WorkingTime, since: datetime, one: timedelta, two: timedelta) -> None:
    assert calendar.add(calendar.add(since, one), two) == calendar.add(since, one + two)


@given(working_times, moments)
def test_an_instant_is_open_as_the_spans_say(calendar: WorkingTime, at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert calendar.is_open(at) == bool(calendar.between(at, at + timedelta(microseconds=1)))
    opens = calendar.next_opening(at)
    assert calendar.is_open(opens)
    assert calendar.between(at, opens) == timedelta(0)


@given(moments, moments)
def test_wall_time_is_a_calendar_too(one: datetime, two: datetime) -> None:
    assert ALWAYS.between(min(one, two), max(one, two)) == abs(two - one)
    assert ALWAYS.add(one, abs(two - one)) == one + abs(two - one)


@given(spans, spans, moments)
def test_spans_hold_the_moments_they_should(
    some: list[tuple[datetime, datetime]], others: list[tuple[datetime, datetime]], at: datetime
) -> None:
    def holds(spans: list[tuple[datetime, datetime]]) -> bool:
        return any(start <= at < end for start, end in spans)

    assert holds(merged(some)) == holds(some)
    assert holds(minus(some, others)) == (holds(some) and not holds(others))
    kept = minus(some, others)
    assert all(one[1] < two[0] for one, two in pairwise(kept))


def test_it_says_what_a_walker_over_every_minute_says() -> None:
    """Some of what `python -m bench business_time` does with a million cases."""
    around = datetime(2011, 10, 1, tzinfo=UTC)  # to April 2012: both changes, and the day that Apia left out
    for zone in (*ZONES[::3], "Pacific/Apia", "America/St_Johns"):
        wall = Wall(zone, begins=around, days=200)
        for seed, calendar in enumerate(islice(calendars(zone, 700, seed=9), 3)):
            assert differences(wall, calendar, 100, seed=seed) == 0, (zone, calendar)
