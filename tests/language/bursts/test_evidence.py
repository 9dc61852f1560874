"""The bound that keeps a handful of posts from being called a burst."""

import math

from hypothesis import given
from hypothesis import strategies as st

from goodword.language.bursts.evidence import tail_surprise


def log_tail(observed: int, mean: float, spread: float) -> float:
    """−ln P(X ≥ observed) by summing the negative binomial's (or Poisson's) probabilities."""
    if spread <= 1:
        terms = [count * math.log(mean) - mean - math.lgamma(count + 1) for count in range(observed, observed + 400)]
    else:
        size = mean / (spread**2 - 1)
        share = size / (size + mean)
        terms = [
            math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
            + size * math.log(share) + count * math.log1p(-share)
            for count in range(observed, observed + 4000)
        ]  # fmt: skip
    highest = max(terms)
    return -highest - math.log(sum(math.exp(term - highest) for term in terms))


@given(mean=st.floats(0.01, 50), above=st.integers(1, 60), spread=st.floats(0.4, 1) | st.floats(1.1, 4))
def test_it_never_claims_more_surprise_than_there_is(mean: float, above: int, spread: float) -> None:
    observed = math.ceil(mean) + above
    bound = tail_surprise(observed, mean, spread)
    assert 0 <= bound <= log_tail(observed, mean, spread) + 1e-3


@given(mean=st.floats(0.01, 50), observed=st.integers(0, 100))
def test_more_posts_surprise_more_and_a_wilder_series_less(mean: float, observed: int) -> None:
    assert tail_surprise(observed + 1, mean, 1.0) >= tail_surprise(observed, mean, 1.0)
    assert tail_surprise(observed, mean, 2.0) <= tail_surprise(observed, mean, 1.0) + 1e-6


def test_no_rise_is_no_surprise() -> None:
    assert tail_surprise(3, 3.0, 1.0) == 0
