"""Runs of characters as numbers, and the MinHash signature of a set of them.

Two sets share a value of their signatures with the probability of their Jaccard likeness (Broder, 1997).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

BANDS = 20
ROWS = 3
"""Sets of likeness s meet in a band with probability 1 − (1 − s³)²⁰: 0.99 at 0.6, 0.15 at 0.2."""

_SPACED, _UNSPACED = 5, 3
_FIRST_UNSPACED_SCRIPT = 0x2E80
"""Chinese, Japanese and their like stand above this: a character there says as much as a syllable or a word."""
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_COEFFICIENTS = np.random.default_rng(20_080_808).integers(1, 2**63, size=(2, BANDS * ROWS, 1), dtype=np.uint64)
_FACTORS, _OFFSETS = _COEFFICIENTS[0] | np.uint64(1), _COEFFICIENTS[1]


def shingles(essence: str) -> Hashes:
    """The text's distinct runs of five characters (three where words aren't spaced), hashed and sorted, (n,)."""
    codes = np.frombuffer(essence.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    length = _UNSPACED if np.count_nonzero(codes >= _FIRST_UNSPACED_SCRIPT) * 2 > len(codes) else _SPACED
    count = len(codes) - length + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    hashed = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        hashed = _mix(hashed + codes[offset : offset + count])
    return np.unique(hashed)


def band_keys(hashes: Hashes) -> list[int]:
    """One key a band, (`BANDS`,), of a set that isn't empty: sets that are alike share at least one."""
    lowest = _mix(_FACTORS * hashes + _OFFSETS).min(axis=1).reshape(BANDS, ROWS)
    keys = np.arange(BANDS, dtype=np.uint64)
    for row in range(ROWS):
        keys = _mix(keys + lowest[:, row])
    return [int(key) for key in keys]


def likeness(one: Hashes, other: Hashes) -> float:
    """Jaccard likeness of two sorted sets: what they share ÷ what they have together. 1.0 for two empty ones."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    together = len(one) + len(other) - shared
    return shared / together if together else 1.0


def _mix(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(29))) * _PRIME
    return values ^ (values >> np.uint64(32))
