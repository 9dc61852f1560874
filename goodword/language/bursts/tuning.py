"""The one fixed set of parameters, the same for every brand and every size of series."""

from __future__ import annotations

import math
from typing import NamedTuple

DAY = 86_400.0
HOUR = 3_600.0

MOST_POSTS = 1e12
"""A bin with more posts than this is a mistake of the sender."""

CHANNELS = 3
"""One cumulative sum each for a rise in a single bin, within the hour, and over the day."""


class Tuning(NamedTuple):
    """What the detector needs to know. Rates are per bin; `Tuning.for_bins` works them out for a bin's length.

    A named tuple because the compiled step and the plain one read the same object.
    """

    bin_seconds: float
    bins_per_day: float
    block: int
    """Bins of one block, whose highest evidence is what counts as usual: a day, and never fewer than 24 bins."""
    level_rate: float
    hour_rate: float
    weekday_rate: float
    spread_rate: float
    memories: tuple[float, float, float]
    """Share of the evidence that each channel carries over to the next bin."""
    quiet_bins: int
    """A burst is over when nothing stood out for so many bins; until then it raises no second alert."""
    clumping: float = 10.0
    """Dispersion of the variance-stabilising transform: counts well below it are treated as Poisson's, those well
    above as multiples of their mean."""
    clip: float = 1.5
    """The baseline learns no more than so many spreads from one bin, so that it does not learn the burst."""
    least_spread: float = 0.4
    shifts: tuple[float, float, float] = (2.5, 1.5, 0.5)
    """Rise of the mean, in spreads, that each channel's log-likelihood ratio tests for."""
    alarm: float = 1.5
    """How many scatters above its usual daily peak the evidence must rise."""
    ceiling: float = 0.3
    """Scatters above the alarm where evidence stops growing, so that a huge burst does not deafen for days."""
    least_usual: float = 1.0
    least_scatter: float = 0.5
    first_scatter: float = 0.6
    first_weight: float = 6.0
    """The scatter that is assumed at first, and for how many blocks that assumption counts."""
    block_rate: float = 0.01
    least_surprise: float = 10.0
    """−ln of the highest probability at which so many posts may still be chance (negative binomial tail)."""
    least_excess: float = 3.0
    """Posts above what was expected; fewer are never a burst."""

    @classmethod
    def for_bins(cls, bin_seconds: float) -> Tuning:
        """The tuning for bins of this length in seconds. Raises `ValueError` when it is not above zero."""
        if not 0 < bin_seconds < math.inf:
            raise ValueError(f"A bin must last longer than 0 seconds, not {bin_seconds}.")
        per_day = DAY / bin_seconds
        week, four_weeks = 7 * per_day, 28 * per_day
        return cls(
            bin_seconds=bin_seconds,
            bins_per_day=per_day,
            block=max(24, round(per_day)),
            level_rate=min(0.25, 1 / week),
            hour_rate=min(0.25, 24 / week),
            weekday_rate=min(0.25, 7 / four_weeks),
            spread_rate=min(0.25, 1 / week),
            memories=(0.0, _memory(HOUR * 5 / 6, bin_seconds), _memory(HOUR * 25 / 3, bin_seconds)),
            quiet_bins=max(1, round(6 * HOUR / bin_seconds)),
        )


def _memory(seconds: float, bin_seconds: float) -> float:
    """Share carried over per bin for a memory of this length; none when a bin is longer."""
    return max(0.0, 1.0 - bin_seconds / seconds)
