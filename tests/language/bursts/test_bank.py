"""Many series at once give what each alone would give, compiled or not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.bursts import Burst, Detector, DetectorBank, Tuning
from goodword.language.bursts.bank import WORTH_COMPILING

HOURLY = Tuning.for_bins(3600)
START = 490_000
BINS = 24 * 12


def volumes(count: int, seed: int) -> np.ndarray:
    """(BINS, count): calm and bursty series of all sizes, with hours that were not heard."""
    rng = np.random.default_rng(seed)
    means = rng.lognormal(0, 2, count)
    values = rng.negative_binomial(2, 2 / (2 + np.tile(means, (BINS, 1)))).astype(float)
    values[rng.random(values.shape) < 0.01] *= 30
    values[rng.random(values.shape) < 0.02] = np.nan
    return values


def alone(series: np.ndarray) -> tuple[list[Burst], bytes]:
    detector = Detector(HOURLY)
    bursts = (detector.observe(float(value), START + index) for index, value in enumerate(series))
    return [burst for burst in bursts if burst is not None], detector.to_bytes()


def together(values: np.ndarray) -> tuple[list[list[Burst]], DetectorBank]:
    bank = DetectorBank(values.shape[1], HOURLY)
    found: list[list[Burst]] = [[] for _ in range(values.shape[1])]
    for index, row in enumerate(values):
        for series, burst in bank.observe(row, START + index):
            found[series].append(burst)
    return found, bank


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=5, deadline=None)
def test_a_small_bank_gives_what_each_detector_gives(seed: int) -> None:
    values = volumes(6, seed)
    found, bank = together(values)
    for series in range(6):
        bursts, state = alone(values[:, series])
        assert found[series] == bursts
        assert bank.rows[series].tobytes() == state


def test_a_compiled_bank_gives_what_each_detector_gives() -> None:
    values = volumes(WORTH_COMPILING, seed=7)
    found, bank = together(values)
    assert sum(map(len, found)) > 100
    for series in range(0, WORTH_COMPILING, 20):
        bursts, state = alone(values[:, series])
        assert [(burst.bin_index, burst.since, burst.pace) for burst in found[series]] == [
            (burst.bin_index, burst.since, burst.pace) for burst in bursts
        ]
        np.testing.assert_allclose(bank.rows[series], np.frombuffer(state), rtol=1e-9)


def test_a_bank_goes_on_from_what_was_saved_of_each_series() -> None:
    values = volumes(4, seed=3)
    found, _ = together(values)
    bank = DetectorBank(4, HOURLY)
    again: list[list[Burst]] = [[] for _ in range(4)]
    for index, row in enumerate(values):
        for series, burst in bank.observe(row, START + index):
            again[series].append(burst)
        saved = [each.tobytes() for each in bank.rows]
        bank = DetectorBank(4, HOURLY)
        for series, state in enumerate(saved):
            bank.restore(series, state)
    assert again == found


@pytest.mark.parametrize(
    ("values", "message"),
    [([1.0], "2 series"), ([1.0, -1.0], "between 0 and"), ([1.0, np.inf], "between 0 and")],
)
def test_impossible_counts_are_refused(values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DetectorBank(2, HOURLY).observe(np.array(values), START)


def test_bins_come_in_order() -> None:
    bank = DetectorBank(2, HOURLY)
    bank.observe(np.ones(2), START)
    with pytest.raises(ValueError, match="order of time"):
        bank.observe(np.ones(2), START)


def test_a_state_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="learn this series anew"):
        DetectorBank(2, HOURLY).restore(1, bytes(24))
