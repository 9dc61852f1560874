"""What is expected of a series: a level, a daily and a weekly profile, learned so that bursts are not.

Counts are compared on the scale of Anscombe's transform for the negative binomial (Biometrika 35, 1948), where their
spread hardly depends on their mean. Written for the plain interpreter and for numba alike.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from goodword.language.bursts.state import (
    AGE,
    DAYS_IN_PROFILE,
    HOURS,
    HOURS_IN_PROFILE,
    LEVEL,
    SPREAD,
    WEEKDAYS,
    Rows,
)
from goodword.language.bursts.tuning import Tuning

_OFFSET = 0.375  # Anscombe's 3/8
_FASTEST_HOUR = 0.1
_MAD_TO_DEVIATION = math.sqrt(math.pi / 2)


class Sample(NamedTuple):
    """One bin's count beside what the baseline expected before it learned from this bin."""

    value: float
    expected: float
    residual: float
    """How far the count lies above what was expected, in spreads of the transformed scale."""


def learn_bin(row: Rows, value: float, bin_index: int, tuning: Tuning) -> Sample:
    """Compare one bin's count with the baseline, then learn from it.

    `bin_index` counts bins since 1970 in UTC: it gives the time of day and the day of the week.
    """
    root = math.sqrt(tuning.clumping)
    seen = 2 * root * math.asinh(math.sqrt((value + _OFFSET) / tuning.clumping))
    age, spread = row[AGE], row[SPREAD]
    if age == 0:
        row[LEVEL] = seen

    days = bin_index / tuning.bins_per_day
    weekday = WEEKDAYS + int(days) % DAYS_IN_PROFILE
    hour = (days % 1.0) * HOURS_IN_PROFILE
    later = hour % 1.0
    this_hour = HOURS + int(hour)
    next_hour = HOURS + (int(hour) + 1) % HOURS_IN_PROFILE

    mean = row[LEVEL] + row[weekday] + row[this_hour] * (1 - later) + row[next_hour] * later
    error = seen - mean
    # Second-order delta method: the mean of a convex function lies above the function of the mean.
    sine = math.sinh(max(mean, 0.0) / (2 * root)) ** 2
    variance = spread * spread
    expected = max(1e-3, tuning.clumping * sine * (1 + variance / (2 * tuning.clumping)) + variance / 4 - _OFFSET)

    bounded = min(max(error, -tuning.clip * spread), tuning.clip * spread)
    row[LEVEL] += max(tuning.level_rate, 1 / (age + 1)) * bounded
    hour_rate = max(tuning.hour_rate, min(_FASTEST_HOUR, 0.5 / (1 + age / HOURS_IN_PROFILE)))
    row[this_hour] += hour_rate * (1 - later) * bounded
    row[next_hour] += hour_rate * later * bounded
    row[weekday] += tuning.weekday_rate * bounded
    deviation = min(abs(error), tuning.clip * spread) * _MAD_TO_DEVIATION
    row[SPREAD] = max(tuning.least_spread, spread + max(tuning.spread_rate, 1 / (age + 2)) * (deviation - spread))
    return Sample(value, expected, error / spread)
