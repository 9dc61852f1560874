"""The fast reader: hashed words and character runs, one small table, one matrix."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from goodword.language.reading.assemble import readings
from goodword.language.reading.features import hashed_features, summed
from goodword.language.reading.glance import glance
from goodword.language.reading.language_id import languages
from goodword.language.reading.reading import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 512
"""Features of so many texts stay in the cache between the two kernels."""


class FastReader:
    """Reads every output by a linear model of hashed features. Needs 2 MB of weights and one core."""

    def __init__(self) -> None:
        path = resources.files("goodword.language.reading") / "weights" / "fast.npz"
        with path.open("rb") as file, np.load(file) as stored:
            self._table: NDArray[np.int8] = stored["table"]
            self._weights: NDArray[np.float32] = stored["weights"]
            self._bias: NDArray[np.float32] = stored["bias"]

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in order."""
        seen = glance(texts)
        return readings(texts, languages(texts, english=seen.english.tolist()), self.logits(texts), seen)

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """[texts, heads.WIDTH]."""
        sums = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            features, stops = hashed_features(texts[start : start + _BATCH])
            summed(features, stops, self._table, sums[start : start + _BATCH])
        logits: NDArray[np.float32] = sums @ self._weights + self._bias
        return logits
