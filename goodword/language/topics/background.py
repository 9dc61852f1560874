"""How common each phrase is in everything that was heard lately, in a megabyte or two however much that is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from zlib import crc32

import numpy as np

_SLOTS = 1 << 19


class Background:
    """Weighted counts of the texts that hold a phrase. Phrases share slots by their hash (CRC-32), so a share may be
    too high, and hardly ever by much.
    """

    def __init__(self) -> None:
        self._counts = np.zeros(_SLOTS, dtype=np.float32)
        self.texts = 0.0
        """Weight of all texts."""

    def learn(self, phrases: Iterable[str], weight: float = 1.0) -> None:
        """Count the distinct phrases of one text."""
        self.texts += weight
        for phrase in phrases:
            self._counts[_slot(phrase)] += weight

    def count(self, phrase: str) -> float:
        """Weight of the texts that hold this phrase."""
        return float(self._counts[_slot(phrase)])

    def rarity(self, phrase: str) -> float:
        """Inverse document frequency, above 0; the highest for a phrase that was never seen."""
        return math.log(1 + (self.texts + 1) / (self.count(phrase) + 0.5))


def _slot(phrase: str) -> int:
    return crc32(phrase.encode("utf-8", "surrogatepass")) % _SLOTS
