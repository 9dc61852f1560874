"""From the time in the script to real time and back.

The first days of the script lie in the past when the demo starts, each on a real day of its own; so does the following
morning, which ends at the moment of the start. From there the script goes on, as many times faster as was asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

_MORNING = timedelta(hours=7)
_NOON = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A continuous, increasing line through (time in the script, real time)."""

    script: tuple[timedelta, ...]
    real: tuple[datetime, ...]
    speed: float

    @classmethod
    def starting(cls, start: datetime, *, backlog_days: int, speed: float) -> Timeline:
        """The timeline of a demo that starts at `start` (aware) with so many days of past."""
        past = timedelta(days=backlog_days)
        morning = start - (_NOON - _MORNING)
        midnight = morning.replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(
            script=(timedelta(0), past, past + _MORNING, past + _NOON),
            real=(midnight - past, midnight, morning, start),
            speed=speed,
        )

    def to_real(self, moment: timedelta) -> datetime:
        """When a moment of the script happens."""
        last = len(self.script) - 1
        if moment >= self.script[last]:
            return self.real[last] + (moment - self.script[last]) / self.speed
        i = max(bisect_right(self.script, moment) - 1, 0)
        width = self.script[i + 1] - self.script[i]
        share = (moment - self.script[i]) / width if width else 0.0
        return self.real[i] + (self.real[i + 1] - self.real[i]) * share

    def to_script(self, at: datetime) -> timedelta:
        """The moment of the script at a real time."""
        last = len(self.script) - 1
        if at >= self.real[last]:
            return self.script[last] + (at - self.real[last]) * self.speed
        for (s0, s1), (r0, r1) in zip(pairwise(self.script), pairwise(self.real), strict=True):
            if at < r1:
                return s0 + (s1 - s0) * ((at - r0) / (r1 - r0)) if r1 > r0 else s1
        return self.script[last]

    def later(self, at: datetime, span: timedelta) -> datetime:
        """The real time that is `span` of the script after `at`."""
        return self.to_real(self.to_script(at) + span)
