"""Hashed words folded into a narrow vector. Needs numpy alone, whoever hashed them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodword.language.reading.hashing import BUCKETS

WORDS_WIDTH: Final = 2048
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)


def folded(features: NDArray[np.int32], stops: NDArray[np.int64], rare: NDArray[np.float32]) -> NDArray[np.float32]:
    """[texts, WORDS_WIDTH], rows of length one (or zero, for a text without words).

    `features` are those of all texts one after the other, `stops` where each text's end, `rare` [BUCKETS] how much
    each tells.
    """
    documents = np.repeat(np.arange(len(stops)), np.diff(stops, prepend=0))
    keys, counts = np.unique(documents * np.int64(BUCKETS) + features, return_counts=True)
    rows, buckets = keys // BUCKETS, keys % BUCKETS
    scattered = buckets.astype(np.uint64) * _SPREAD
    columns = (scattered >> np.uint64(40)) % np.uint64(WORDS_WIDTH)
    signs = np.where(scattered >> np.uint64(63), 1.0, -1.0)
    values = (1 + np.log(counts)) * rare[buckets]
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=len(stops)))
    cells = rows * WORDS_WIDTH + columns.astype(np.int64)
    shares = values * signs / np.maximum(lengths[rows], 1e-9)
    sums = np.bincount(cells, shares, minlength=len(stops) * WORDS_WIDTH)
    return sums.reshape(-1, WORDS_WIDTH).astype(np.float32)
