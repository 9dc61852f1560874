"""What one series of counts raises, and what it does not."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.bursts import Burst, Detector, Pace, Tuning, bin_of, start_of
from goodword.language.bursts.baseline import learn_bin
from goodword.language.bursts.state import fresh_rows

FIVE_MINUTES = Tuning.for_bins(300)
HOURLY = Tuning.for_bins(3600)
DAY = 288
START = bin_of(datetime(2026, 3, 2, tzinfo=UTC), 300)

counts = st.lists(st.integers(0, 40) | st.integers(0, 10_000), min_size=1, max_size=120)


def run(values: list[float], detector: Detector | None = None, start: int = START) -> list[Burst]:
    detector = detector or Detector(FIVE_MINUTES)
    bursts = (detector.observe(value, start + index) for index, value in enumerate(values))
    return [burst for burst in bursts if burst is not None]


def ordinary(mean: float, days: int, seed: int = 1) -> list[float]:
    hours = np.arange(days * DAY) / 12
    daily = 1 + 0.6 * np.sin(2 * np.pi * hours / 24)
    return [float(value) for value in np.random.default_rng(seed).negative_binomial(4, 4 / (4 + mean * daily))]


@pytest.mark.parametrize("mean", [0.2, 5.0, 400.0])
def test_a_tenfold_rise_is_noticed_within_the_hour_and_told_once(mean: float) -> None:
    values = ordinary(mean, days=8)
    begin = 7 * DAY + 60
    for index in range(begin, begin + 36):
        values[index] += 10 * max(mean, 1)

    during = [burst for burst in run(values) if burst.bin_index >= START + begin]

    assert len(during) == 1
    assert during[0].bin_index - (START + begin) < 12
    assert during[0].observed - during[0].expected >= 3
    assert during[0].times > 2
    assert 0.9 < during[0].confidence < 1
    assert during[0].since <= during[0].bin_index


def test_one_extreme_bin_is_a_spike_that_began_there() -> None:
    values = ordinary(5.0, days=8)
    values[7 * DAY + 10] = 200.0

    [spike] = [burst for burst in run(values) if burst.bin_index >= START + 7 * DAY]

    assert spike.pace is Pace.SPIKE
    assert spike.since == spike.bin_index == START + 7 * DAY + 10
    assert spike.observed == 200.0
    assert 2 < spike.expected < 12


def test_a_second_burst_after_a_quiet_day_is_told_again() -> None:
    values = ordinary(5.0, days=10)
    for day in (7, 9):
        values[day * DAY] = 200.0
    assert [burst.bin_index - START for burst in run(values) if burst.bin_index >= START + 7 * DAY] == [
        7 * DAY,
        9 * DAY,
    ]


@given(value=st.integers(0, 100_000))
@settings(max_examples=15)
def test_a_series_that_never_changes_raises_nothing(value: int) -> None:
    assert run([float(value)] * (4 * DAY)) == []


def test_two_posts_after_weeks_of_silence_are_no_burst() -> None:
    values = [0.0] * (7 * DAY)
    values[5 * DAY] = 2.0
    assert run(values) == []


@given(values=counts)
def test_nothing_is_raised_on_the_first_day(values: list[int]) -> None:
    assert run([float(value) for value in values]) == []


def test_the_baseline_does_not_learn_the_burst() -> None:
    quiet = ordinary(20.0, days=8)
    loud = [*quiet]
    for index in range(7 * DAY, 7 * DAY + 36):
        loud[index] *= 50

    def expected_after(values: list[float]) -> float:
        row = fresh_rows(1, FIVE_MINUTES)[0]
        for index, value in enumerate(values):
            sample = learn_bin(row, value, START + index, FIVE_MINUTES)
            row[0] += 1
        return sample.expected

    assert expected_after(loud) == pytest.approx(expected_after(quiet), rel=0.1)


def test_it_goes_on_after_a_huge_burst() -> None:
    values = ordinary(20.0, days=10)
    values[7 * DAY : 7 * DAY + 6] = [500_000.0] * 6
    detector = Detector(FIVE_MINUTES)
    run(values, detector)


@given(values=counts, data=st.data())
@settings(max_examples=40)
def test_saving_and_going_on_changes_nothing(values: list[int], data: st.DataObject) -> None:
    series = [*ordinary(3.0, days=2), *map(float, values)]
    cut = data.draw(st.integers(0, len(series)))
    first = Detector(FIVE_MINUTES)
    before = run(series[:cut], first)
    second = Detector.from_bytes(first.to_bytes(), FIVE_MINUTES)
    assert before + run(series[cut:], second, START + cut) == run(series)


@given(values=counts)
@settings(max_examples=40)
def test_a_bin_that_was_not_heard_teaches_nothing(values: list[int]) -> None:
    heard, with_holes = Detector(HOURLY), Detector(HOURLY)
    for index, value in enumerate(values):
        heard.observe(value, 2 * index)
        with_holes.observe(value, 2 * index)
        with_holes.observe(math.nan, 2 * index + 1)
    assert heard.to_bytes() == with_holes.to_bytes()


@pytest.mark.parametrize("value", [-1.0, math.inf, 1e13])
def test_an_impossible_count_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="between 0 and"):
        Detector(HOURLY).observe(value, 0)


def test_bins_come_in_order() -> None:
    detector = Detector(HOURLY)
    detector.observe(1.0, 5)
    with pytest.raises(ValueError, match="order of time"):
        detector.observe(1.0, 5)


def test_a_foreign_state_is_refused() -> None:
    with pytest.raises(ValueError, match="learn this series anew"):
        Detector.from_bytes(b"\0" * 16, HOURLY)


@pytest.mark.parametrize("seconds", [0.0, -5.0, math.inf, math.nan])
def test_a_bin_has_a_length(seconds: float) -> None:
    with pytest.raises(ValueError, match="longer than 0"):
        Tuning.for_bins(seconds)


@given(st.datetimes(timezones=st.just(UTC), allow_imaginary=False), st.sampled_from([60, 300, 3600]))
def test_a_moment_lies_in_its_bin(moment: datetime, seconds: int) -> None:
    index = bin_of(moment, seconds)
    assert start_of(index, seconds) <= moment < start_of(index + 1, seconds)
