from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goodword.care.measures import (
    Coverage,
    overlap_seconds,
    percentile,
    satisfaction,
    seconds_waited,
    spread,
    wilson,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOMENTS = st.integers(0, 10_000).map(lambda seconds: NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Worked out by hand from the formula; 0 of 10 and 10 of 10 are the published textbook values.
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_gives_the_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    interval = wilson(successes, trials)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_share_stays_in_bounds_and_mirrors(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    interval, mirrored = wilson(successes, trials), wilson(trials - successes, trials)
    assert 0 <= interval.low <= successes / trials <= interval.high <= 1
    assert interval.low == pytest.approx(1 - mirrored.high)


@given(st.integers(1, 500), st.data())
def test_more_answers_of_the_same_share_make_the_interval_narrower(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    few, many = wilson(successes, trials), wilson(successes * 4, trials * 4)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(("successes", "trials"), [(1, 0), (0, 0), (3, 2), (-1, 2)])
def test_wilson_refuses_what_is_no_share(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, trials)


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=60), st.integers(0, 100))
def test_satisfaction_counts_answers_only_and_hides_itself_under_ten(ratings: list[int | None], asked: int) -> None:
    csat = satisfaction(ratings, asked=asked)
    assert csat.answers == sum(rating is not None for rating in ratings)
    assert csat.satisfied == ratings.count(4) + ratings.count(5)
    assert (csat.share is None) == (csat.interval is None) == (csat.answers < 10)
    assert csat.response_rate is None or 0 <= csat.response_rate <= 1


@given(st.lists(st.floats(0, 1e9), min_size=1))
def test_the_median_splits_and_p90_is_no_less(seconds: list[float]) -> None:
    taken = spread(seconds)
    assert taken.median is not None
    assert taken.p90 is not None
    assert min(seconds) <= taken.median <= taken.p90 <= max(seconds)
    tolerance = 1e-6 * max(1.0, taken.median)
    assert sum(value <= taken.median + tolerance for value in seconds) * 2 >= len(seconds)
    assert sum(value >= taken.median - tolerance for value in seconds) * 2 >= len(seconds)


def test_percentiles_interpolate_as_the_database_does() -> None:
    assert percentile([1, 2, 3, 4], 0.5) == 2.5
    assert percentile([10, 20], 0.9) == pytest.approx(19)
    assert spread([]) == spread(iter([]))
    assert spread([]).median is None


def test_coverage_of_nothing_is_unknown() -> None:
    assert Coverage(0, 0).share is None
    assert Coverage(3, 4).share == 0.75


def test_waiting_runs_from_our_first_reply_to_their_next_word() -> None:
    def at(minute: int) -> datetime:
        return NOON + timedelta(minutes=minute)

    said = [(at(0), True), (at(10), False), (at(15), False), (at(30), True), (at(31), True), (at(40), False)]
    assert seconds_waited(said, until=at(50)) == (20 + 10) * 60
    assert seconds_waited(said[:1], until=at(50)) == 0


@given(st.lists(st.tuples(MOMENTS, st.booleans()), max_size=20), MOMENTS)
def test_nobody_waits_longer_than_the_episode_was(said: list[tuple[datetime, bool]], until: datetime) -> None:
    said.sort()
    assume(not said or said[-1][0] <= until)
    assert 0 <= seconds_waited(said, until=until) <= ((until - said[0][0]).total_seconds() if said else 0)


@given(st.lists(st.tuples(MOMENTS, st.one_of(st.none(), MOMENTS)), max_size=8), MOMENTS, MOMENTS)
def test_overlap_is_the_measure_of_the_union(
    spans: list[tuple[datetime, datetime | None]], since: datetime, until: datetime
) -> None:
    assume(since <= until)
    seconds = {
        second
        for start, end in spans
        for second in range(
            int((max(start, since) - NOON).total_seconds()), int((min(end or until, until) - NOON).total_seconds())
        )
    }
    assert overlap_seconds(spans, since=since, until=until) == len(seconds)
