"""Hours as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.staff.business_time import (
    BadHours,
    SpecialDay,
    read_day_hours,
    read_days,
    read_week,
    read_zone,
    write_days,
    write_hours,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("09:00-17:00", ((540, 1020),)),
        ("13:30-17, 9–12:30", ((540, 750), (810, 1020))),
        ("9.15 — 12", ((555, 720),)),
        ("20:00-24:00", ((1200, 1440),)),
        ("20:00-00:00", ((1200, 1440),)),
        ("9-12; 12-17", ((540, 1020),)),
        ("", ()),
    ],
)
def test_what_is_understood(written: str, read: tuple[tuple[int, int], ...]) -> None:
    assert read_day_hours(written) == read


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("nine to five", "is not understood"),
        ("09:00-13:00, 12:00-17:00", "09:00-13:00 and 12:00-17:00 overlap"),
        ("22:00-06:00", "Write a night as two"),
        ("09:00-09:00", "ends before it begins"),
        ("09:75-17:00", "no clock shows this"),
        ("9-25", "no clock shows this"),
        (",".join(f"{hour}:00-{hour}:30" for hour in range(13)), "12 intervals at most"),
    ],
)
def test_what_is_no_hours_is_refused_with_the_reason(written: str, says: str) -> None:
    with pytest.raises(BadHours, match=says):
        read_day_hours(written)


def test_a_calendar_without_hours_is_refused() -> None:
    with pytest.raises(BadHours, match="at least one day"):
        read_week([""] * 7)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe/Berlin\0", "x" * 5000])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(BadHours, match="no time zone"):
        read_zone(zone)


def test_special_days() -> None:
    assert read_days("12-25 Christmas\n\n2026-12-24 09:00-12:00, 13:00-14:00 Christmas Eve\n2026-05-01") == (
        SpecialDay("12-25", (), "Christmas"),
        SpecialDay("2026-05-01", (), ""),
        SpecialDay("2026-12-24", ((540, 720), (780, 840)), "Christmas Eve"),
    )


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2026-05-01\n2026-02-30 Never", "Line 2: there is no 2026-02-30"),
        ("Christmas", "Line 1: “Christmas” is not understood"),
        ("12-25 One\n12-25 Two", "Line 2: 12-25 stands there twice"),
        ("2026-12-24 17:00-09:00", "Line 1: 17:00-09:00 ends before it begins"),
        ("0000-01-01", "there is no"),
        ("12-25 " + "x" * 81, "80 characters"),
        ("12-24 09:00-1200 Eve", "“09:00-1200 Eve” is not understood"),
        # So many ways to share the digits out that trying them all would take years.
        ("12-24 1" + "-111" * 60 + "-1x", "is not understood"),
    ],
)
def test_a_day_that_is_none_is_refused_with_its_line(written: str, says: str) -> None:
    with pytest.raises(BadHours, match=says):
        read_days(written)


minutes = st.lists(st.integers(0, 1440), max_size=8, unique=True).map(
    lambda ends: tuple(zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)
names = st.text("abc xyzé", max_size=20).map(lambda name: " ".join(name.split()))
special = st.builds(SpecialDay, st.dates().map(lambda day: f"{day:%m-%d}"), minutes, names)


@given(minutes, st.lists(special, max_size=5, unique_by=lambda one: one.day))
def test_what_is_written_is_read_again(hours: tuple[tuple[int, int], ...], days: list[SpecialDay]) -> None:
    assert read_day_hours(write_hours(hours)) == hours
    assert list(read_days(write_days(days))) == sorted(days, key=lambda one: one.day)


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_it(written: str) -> None:
    for read in (read_day_hours, read_days, read_zone):
        try:
            read(written)
        except BadHours as error:
            assert str(error)
