"""Weeks of a workspace."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest

from goodword.staff.models import Workspace
from goodword.staff.week import last_week, read_week, week_of, weeks_back
from tests.care.world import NOON

WORKSPACE = Workspace(name="Harbour", slug="harbour", zone="America/New_York")


def test_a_week_begins_on_monday_in_the_workspaces_zone() -> None:
    week = week_of(WORKSPACE, date(2026, 3, 8))  # the Sunday on which the clocks change there
    assert (week.monday, week.sunday) == (date(2026, 3, 2), date(2026, 3, 8))
    assert week.until.astimezone(UTC) - week.since.astimezone(UTC) == timedelta(days=7) - timedelta(hours=1)
    assert last_week(WORKSPACE, now=NOON).monday == date(2026, 2, 23)


def test_the_running_week_is_named_only_if_it_counts() -> None:
    over = [date(2026, 2, 23), date(2026, 2, 16)]
    assert weeks_back(WORKSPACE, 2, now=NOON) == over
    assert weeks_back(WORKSPACE, 2, running=True, now=NOON) == [date(2026, 3, 2), *over]


@pytest.mark.parametrize(
    ("given", "running", "monday"),
    [
        ("", True, date(2026, 2, 23)),
        ("2026-02-18", False, date(2026, 2, 16)),
        ("2026-03-04", True, date(2026, 3, 2)),
        ("2026-03-04", False, None),
        ("2026-02-15", False, None),
        ("0001-01-01", False, None),
        ("9999-12-31", False, None),
        ("soon", False, None),
    ],
)
def test_a_week_is_read_from_one_of_its_days(given: str, running: bool, monday: date | None) -> None:
    week = read_week(WORKSPACE, given, back=2, running=running, now=NOON)
    assert (week.monday if week else None) == monday
