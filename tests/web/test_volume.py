"""Marks over the chart stand beside each other, however close the times are that they mark."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from goodword.listen.explore import Bar, Rise
from goodword.web.volume import NARROW, volume_chart

START = datetime(2026, 3, 1, tzinfo=UTC)
BARS = [Bar(START + timedelta(days=day), negative=day % 3) for day in range(30)]


@given(st.lists(st.floats(0, 29 * 24), min_size=1, max_size=6))
def test_marks_of_rises_have_room(hours: list[float]) -> None:
    rises = [
        Rise(START + timedelta(hours=hour), START + timedelta(hours=hour + 2), 9, 1, 0.9) for hour in sorted(hours)
    ]
    bands = volume_chart(BARS, rises, width=NARROW).bands
    assert [band.number for band in bands] == list(range(1, len(rises) + 1))
    assert all(later.mark - earlier.mark >= 27.5 for earlier, later in pairwise(bands))
    assert all(0 < band.mark < NARROW for band in bands)
