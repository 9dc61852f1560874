from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.learn.rules import RateRatio, Span, binomial_interval, is_back, is_fixed, rate_ratio

counts = st.integers(0, 60)
heard = st.floats(1, 1e6)


def at_least(successes: int, trials: int, share: float) -> float:
    """P(X ≥ successes), without any rounding on the way."""
    p = Fraction(share)
    terms = (math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(successes, trials + 1))
    return float(sum(terms))


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_at_its_limits_what_was_seen_has_the_probability_of_a_tail(seen: tuple[int, int]) -> None:
    successes, trials = seen
    low, high = binomial_interval(successes, trials, sure=0.95)
    assert 0 <= low <= successes / trials <= high <= 1
    if successes:
        assert at_least(successes, trials, low) == pytest.approx(0.025, rel=1e-6)
    if successes < trials:
        assert 1 - at_least(successes + 1, trials, high) == pytest.approx(0.025, rel=1e-6)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # As printed tables of the exact interval have them.
    [(0, 10, 0, 0.3085), (1, 10, 0.0025, 0.445), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1), (1, 20, 0.0013, 0.2487)],
)
def test_the_interval_is_the_one_in_the_tables(successes: int, trials: int, low: float, high: float) -> None:
    assert binomial_interval(successes, trials, sure=0.95) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(("successes", "trials"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_share_has_no_interval(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        binomial_interval(successes, trials, sure=0.95)


@given(counts, counts, heard, heard)
def test_the_ratio_lies_within_its_interval(before: int, after: int, long: float, short: float) -> None:
    found = rate_ratio(Span(before, long), Span(after, short))
    if before + after == 0:
        assert found is None
        return
    assert found is not None
    assert 0 <= found.low <= found.high
    if found.ratio is None:
        assert (before, found.high) == (0, math.inf)
    else:
        assert found.low <= found.ratio * (1 + 1e-9)
        assert found.ratio <= found.high * (1 + 1e-9)


@given(counts, counts, heard, heard, st.floats(0.01, 100))
def test_it_depends_on_how_much_was_heard_in_one_span_for_the_other_only(
    before: int, after: int, long: float, short: float, times: float
) -> None:
    one = rate_ratio(Span(before, long), Span(after, short))
    other = rate_ratio(Span(before, long * times), Span(after, short * times))
    assert (one is None) == (other is None)
    if one is not None and other is not None and one.high < math.inf:
        assert (one.low, one.high) == pytest.approx((other.low, other.high), rel=1e-6)


@given(counts, counts, heard, heard)
def test_more_complaints_after_it_never_make_a_fix_count(before: int, after: int, long: float, short: float) -> None:
    if is_fixed(Span(before, long), Span(after + 1, short)):
        assert is_fixed(Span(before, long), Span(after, short))
    if is_back(Span(before, long), Span(after, short)):
        assert is_back(Span(before, long), Span(after + 1, short))


@given(counts, counts, heard, heard)
def test_what_is_fixed_is_not_back(before: int, after: int, long: float, short: float) -> None:
    spans = Span(before, long), Span(after, short)
    assert not (is_fixed(*spans) and is_back(*spans))


def test_silence_counts_only_after_enough_complaints() -> None:
    """With as much heard before as after, the chance that n complaints all fell before is two in 2ⁿ."""
    assert not is_fixed(Span(5, 1000), Span(0, 1000))
    assert is_fixed(Span(6, 1000), Span(0, 1000))
    assert not is_fixed(Span(6, 1000), Span(0, 100))  # too little was heard since


def test_a_few_complaints_in_a_week_after_none_in_four_are_back() -> None:
    quiet = Span(0, 4000)
    assert [is_back(quiet, Span(n, 1000)) for n in range(6)] == [False, False, False, False, True, True]


@pytest.mark.parametrize("spans", [(Span(3, 0), Span(0, 10)), (Span(3, 10), Span(0, 0)), (Span(0, 9), Span(0, 9))])
def test_where_nothing_was_heard_or_said_there_is_no_ratio(spans: tuple[Span, Span]) -> None:
    assert rate_ratio(*spans) is None
    assert not is_fixed(*spans)
    assert not is_back(*spans)


def test_large_numbers_are_no_trouble() -> None:
    found = rate_ratio(Span(60_000, 1e6), Span(30_000, 1e6))
    assert found == RateRatio(pytest.approx(0.5), pytest.approx(0.493, abs=1e-3), pytest.approx(0.507, abs=1e-3))
