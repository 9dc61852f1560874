"""Charts stay within their frame, and say in words what they draw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.care.measures import satisfaction, spread
from goodword.web.charts import HEIGHT, NARROW, WIDE, bar_chart, interval_chart, lasting

seconds = st.floats(0, 4e8)
periods = st.lists(st.tuples(st.text(max_size=8), st.lists(seconds, max_size=20).map(spread)), max_size=60)


@given(periods, st.sampled_from([WIDE, NARROW]))
def test_nothing_is_drawn_outside(given_periods: list[tuple[str, object]], width: int) -> None:
    chart = bar_chart(given_periods, width=width)  # type: ignore[arg-type]
    assert len(chart.bars) == len(given_periods)
    for bar in chart.bars:
        assert chart.left <= bar.x <= bar.x + bar.width <= width
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT
        assert bar.mark is None or 0 <= bar.mark <= bar.y + 0.1
    assert all(0 <= y <= HEIGHT for y, _text in chart.ticks)
    assert sum(bool(bar.label) for bar in chart.bars) <= 9


@given(st.integers(10, 10_000), st.data())
def test_a_share_lies_between_its_bounds(answers: int, data: st.DataObject) -> None:
    satisfied = data.draw(st.integers(0, answers))
    chart = interval_chart(satisfaction([5] * satisfied + [1] * (answers - satisfied), asked=answers))
    assert chart is not None
    assert 12 <= chart.low <= chart.share <= chart.high <= 308


def test_under_ten_answers_nothing_is_drawn() -> None:
    assert interval_chart(satisfaction([5] * 9, asked=20)) is None


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (None, "–"), (0, "0 s"), (59, "59 s"), (60, "1 min"), (725, "12 min"), (3600, "1 h"), (12_600, "3.5 h"),
        (90_000, "25 h"), (172_800, "2 d"), (950_400, "11 d"),
    ],
)  # fmt: skip
def test_durations_are_said_as_people_say_them(duration: float | None, said: str) -> None:
    assert lasting(duration) == said
