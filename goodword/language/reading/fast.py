"""The fast reader: hashed words and character runs, one small table, one matrix."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, Final

import numpy as np

from goodword.language.reading import plain
from goodword.language.reading.assemble import readings
from goodword.language.reading.language_id import languages
from goodword.language.reading.reading import Reading
from goodword.language.reading.seen import Glances, unseen

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW: Final = 200
"""Texts that are read without the compiled passes: loading those takes seconds and some 100 MB that never come back."""


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
        seen = self.glance(texts)
        return readings(texts, languages(texts, english=seen.english.tolist()), self.logits(texts), seen)

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """[texts, heads.WIDTH]."""
        if len(texts) <= FEW:
            sums = plain.sums(texts, self._table)
        else:
            from goodword.language.reading import features

            sums = features.sums(texts, self._table)
        logits: NDArray[np.float32] = sums @ self._weights + self._bias
        return logits

    def glance(self, texts: Sequence[str]) -> Glances:
        """What is worth a closer look in each text; of a few, everything."""
        if len(texts) <= FEW:
            return unseen(len(texts))
        from goodword.language.reading.glance import glance

        return glance(texts)
