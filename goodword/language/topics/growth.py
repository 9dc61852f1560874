"""Whether more is said of something than before, among all that is said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

DAY: Final = 86_400.0
_HALF_LIFE: Final = DAY / 4
_TIMES, _DEVIATIONS = 2.0, 3.0
_NEW_SHARE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Growth:
    """How many times its part of what was said before something now is of what is said."""

    times: float
    is_new: bool
    is_rising: bool


class Traffic:
    """All that was said: when (seconds, in order), and with what weight.

    Recent is what was said in the last hours, each post counting half as much after six. What is expected of that is
    the part that something has of what was said before; so neither nights nor a quiet week make anything rise.
    """

    def __init__(self, times: Sequence[float], weights: Sequence[float], now: float) -> None:
        ages = now - np.asarray(times, dtype=np.float64)
        self._ages = ages
        self._weights = np.asarray(weights, dtype=np.float64)
        self._recent = self._weights * np.exp2(-np.maximum(ages, 0.0) / _HALF_LIFE)
        self._before = self._weights - self._recent
        self._all_recent, self._all_before = float(self._recent.sum()), float(self._before.sum())
        # Of what began a day ago nobody knows whether it is new.
        self._knows = bool(len(ages)) and float(ages[0]) >= 2 * DAY

    def growth(self, places: Sequence[int]) -> Growth:
        """Of the posts at these places."""
        here = np.asarray(places)
        recent, before = float(self._recent[here].sum()), float(self._before[here].sum())
        expected = self._all_recent * (before + 0.5) / (self._all_before + 1)
        rises = recent >= _TIMES * expected and recent - expected > _DEVIATIONS * math.sqrt(expected + 1)
        weights = self._weights[here]
        lately = float(weights[self._ages[here] < DAY].sum())
        return Growth(
            times=recent / expected if expected else 1.0,
            is_new=self._knows and lately >= _NEW_SHARE * float(weights.sum()),
            is_rising=self._knows and rises,
        )
