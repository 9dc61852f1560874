"""An alert: what it says about a rise."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from goodword.language.bursts.state import EXPECTED, OBSERVED, SCATTER, SINCE, STANDOUT, USUAL, Rows
from goodword.language.bursts.tuning import DAY, Tuning

_EULER = 0.5772156649015329
_RAREST_DAYS = 3650.0


class Pace(Enum):
    """How the rise came: the channel that saw it, by number."""

    SPIKE = 0
    """In a single bin."""
    SURGE = 1
    """Within about an hour."""
    SWELL = 2
    """Over the day."""


@dataclass(frozen=True, slots=True)
class Burst:
    """A rise that stands out from what this series usually does."""

    bin_index: int
    """The bin that raised the alert, counted from 1970 in UTC."""
    since: int
    """The bin in which the rise began."""
    observed: float
    """Posts heard from `since` to `bin_index`, both included."""
    expected: float
    """Posts that the baseline expected there."""
    pace: Pace
    confidence: float
    """1 − the probability that an ordinary day reaches this evidence by itself."""
    days_between: float
    """An ordinary rise of this size comes about once in so many days; 3650 stands for "that or rarer"."""

    @property
    def times(self) -> float:
        """How many times what was expected."""
        return self.observed / self.expected


def read_burst(row: Rows, channel: int, bin_index: int, tuning: Tuning) -> Burst:
    """The alert that this channel raised in this bin, read off the series' row right after the step."""
    usual = max(float(row[USUAL + channel]), tuning.least_usual)
    scatter = max(float(row[SCATTER + channel]), tuning.least_scatter)
    height = (math.log(1 + float(row[STANDOUT])) - usual) / scatter
    # Peaks of blocks follow Gumbel's law, here with mean 0 and deviation 1.
    chance = -math.expm1(-math.exp(-_EULER - height * math.pi / math.sqrt(6)))
    days_of_block = tuning.block * tuning.bin_seconds / DAY
    return Burst(
        bin_index=bin_index,
        since=int(row[SINCE + channel]),
        observed=float(row[OBSERVED + channel]),
        expected=float(row[EXPECTED + channel]),
        pace=Pace(channel),
        confidence=1 - chance,
        days_between=min(_RAREST_DAYS, days_of_block / max(chance, 1e-12)),
    )
