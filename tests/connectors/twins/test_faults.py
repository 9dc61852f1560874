from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.twins.faults import FaultRates, Faults, RateLimit


def test_shares_are_shares() -> None:
    with pytest.raises(ValueError, match="errors, duplicates"):
        FaultRates(errors=-1, duplicates=1.5)


@given(seed=st.integers(0, 1000))
def test_the_same_seed_draws_the_same(seed: int) -> None:
    rates = FaultRates(errors=0.5, lost_answers=0.5)
    one, other = Faults(rates, seed=seed), Faults(rates, seed=seed)
    assert [one.of_request("/") for _ in range(30)] == [other.of_request("/") for _ in range(30)]


def test_faults_come_as_often_as_asked_for() -> None:
    faults = Faults(FaultRates(errors=0.2, duplicates=0.1), seed=1)
    drawn = Counter(faults.of_request("/") is not None for _ in range(10_000))
    assert 1_800 < drawn[True] < 2_200
    assert 900 < sum(faults.is_doubled() for _ in range(10_000)) < 1_100


def test_without_rates_nothing_goes_wrong() -> None:
    faults = Faults()
    assert not any((faults.of_request("/"), faults.is_doubled(), faults.is_late(), faults.is_cut(), faults.is_away()))


@given(limit=st.integers(1, 50), asked=st.integers(0, 100))
def test_a_limit_lets_as_many_through_as_it_says(limit: int, asked: int) -> None:
    rate = RateLimit(limit, seconds=3600)
    assert sum(not rate.take().is_over for _ in range(asked)) == min(limit, asked)
