"""When somebody is there to answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.chat.hours import HoursUnreadable, read_hours

BERLIN = {"hours": "Mon-Fri 09:00-12:00; Mon-Fri 13:00-17:00; Sat 10:00-14:00", "time_zone": "Europe/Berlin"}


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "is_open", "opens"),
    [
        ("2026-03-04T08:00", True, "2026-03-04T08:00"),
        ("2026-03-04T07:59", False, "2026-03-04T08:00"),
        ("2026-03-04T11:30", False, "2026-03-04T12:00"),
        ("2026-03-06T17:00", False, "2026-03-07T09:00"),
        ("2026-03-07T13:00", False, "2026-03-09T08:00"),
        ("2026-07-01T07:00", True, "2026-07-01T07:00"),
    ],
)
def test_hours_in_their_own_zone(at: str, is_open: bool, opens: str) -> None:
    hours = read_hours(BERLIN)
    assert hours.is_open(_utc(at)) is is_open
    assert hours.next_opening(_utc(at)) == _utc(opens)


def test_without_hours_it_is_always_open() -> None:
    assert read_hours({}).is_open(_utc("2026-03-08T03:00"))


def test_midnight_ends_a_day_and_a_week_goes_round() -> None:
    hours = read_hours({"hours": "Sat–Mon 20:00–24:00"})
    assert hours.is_open(_utc("2026-03-08T23:59"))
    assert not hours.is_open(_utc("2026-03-09T00:00"))
    assert not hours.is_open(_utc("2026-03-10T21:00"))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))  # noqa: DTZ001 - made aware below
def test_the_next_opening_is_open_and_the_first(moment: datetime) -> None:
    hours, at = read_hours(BERLIN), moment.replace(tzinfo=UTC)
    opening = hours.next_opening(at)
    assert opening is not None
    assert opening >= at
    assert hours.is_open(opening)
    assert opening == at or not hours.is_open(opening - timedelta(microseconds=1))


@pytest.mark.parametrize(
    "settings",
    [
        {"hours": "weekdays"},
        {"hours": "Mon 25:00-26:00"},
        {"hours": "Xyz 09:00-10:00"},
        {"hours": "Mon 17:00-09:00"},
        {"time_zone": "Atlantis/Centre"},
        {"time_zone": "../../etc/passwd"},
    ],
)
def test_what_cannot_be_read_says_so(settings: dict[str, str]) -> None:
    with pytest.raises(HoursUnreadable, match=r"write e\.g\."):
        read_hours(settings)
