"""The signature keeps its promise: sets that are alike meet."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goodword.language.copies.shingles import BANDS, ROWS, band_keys, likeness, shingles

SETS = st.sets(st.integers(0, 60), min_size=1)


def as_hashes(numbers: set[int]) -> np.ndarray:
    return np.array(sorted(numbers), dtype=np.uint64)


@given(one=SETS, other=SETS)
def test_likeness_is_jaccards(one: set[int], other: set[int]) -> None:
    assert likeness(as_hashes(one), as_hashes(other)) == len(one & other) / len(one | other)


def test_bands_meet_as_often_as_they_should() -> None:
    rng = np.random.default_rng(5)
    for shared, together in ((60, 100), (20, 100)):
        met = 0
        for _ in range(400):
            numbers = rng.integers(0, 2**63, size=together, dtype=np.uint64)
            half = shared + (together - shared) // 2
            one, other = numbers[:half], np.concatenate([numbers[:shared], numbers[half:]])
            met += bool(set(band_keys(one)) & set(band_keys(other)))
        expected = 1 - (1 - (shared / together) ** ROWS) ** BANDS
        assert abs(met / 400 - expected) < 0.08


@given(st.text(max_size=200))
def test_shingles_are_sorted_and_distinct(text: str) -> None:
    hashes = shingles(text)
    assert (np.diff(hashes.astype(object)) > 0).all()
    assert len(hashes) <= max(0, len(text) - 2)
