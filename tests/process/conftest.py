"""Fixtures for the tests of the process."""

from __future__ import annotations

import pytest

from goodword.staff.calendars import save_calendar
from tests.care.world import World, at


@pytest.fixture
def world(db: None) -> World:
    """A workspace that works from 9 to 17 on weekdays, UTC; its noon is a Monday's."""
    made = World()
    save_calendar(
        workspace=made.workspace,
        name="Ours",
        zone="UTC",
        week=["09:00-17:00"] * 5 + [""] * 2,
        special_days="",
        by=None,
        now=at(-10_000),
    )
    return made
