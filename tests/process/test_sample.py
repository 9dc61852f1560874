"""Drawing at random, the same again."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from goodword.process.rules.sample import draw

ids = st.sets(st.integers(1, 10**9), max_size=60)


@given(ids, st.integers(0, 10), st.text(max_size=20), st.randoms(use_true_random=False))
def test_the_same_are_drawn_in_whatever_order_they_come(ids: set[int], size: int, seed: str, random: Random) -> None:
    shuffled = sorted(ids)
    random.shuffle(shuffled)
    drawn = draw(shuffled, size=size, seed=seed)
    assert drawn == draw(ids, size=size, seed=seed)
    assert set(drawn) <= ids
    assert len(set(drawn)) == len(drawn) == min(size, len(ids))


@given(ids, st.integers(1, 10), st.text(max_size=20), st.integers(1, 10**9))
def test_one_more_takes_the_place_of_one_at_most(ids: set[int], size: int, seed: str, more: int) -> None:
    before, after = draw(ids, size=size, seed=seed), draw(ids | {more}, size=size, seed=seed)
    assert len(set(before) - set(after)) <= 1
    assert set(after) - set(before) <= {more}


def test_everybody_is_drawn_as_often() -> None:
    """Three of twelve, 2,000 times: each 500 times, give or take five standard deviations (19.4 each)."""
    counted = Counter(one for week in range(2000) for one in draw(range(12), size=3, seed=f"1:{week}:7"))
    assert all(abs(count - 500) < 97 for count in counted.values())
    assert len(counted) == 12
