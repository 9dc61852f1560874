"""What each number of the first report means. Pure: no tables, no clock.

A rate never stands alone: it comes with the number of cases behind it and an interval, or it isn't shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, sqrt

Z_95 = 1.959963984540054  # two-sided 95 % of the normal distribution
FEWEST_ANSWERS = 10  # below, a satisfaction rate is not shown
SATISFIED = 4  # of 5


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a share, 0 ≤ low ≤ high ≤ 1."""

    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval:
    """The 95 % score interval of a share (Wilson 1927); it keeps its promise for few trials and shares near 0 or 1."""
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"{successes} of {trials} is no share")
    share, square = successes / trials, Z_95**2
    centre = (share + square / (2 * trials)) / (1 + square / trials)
    half = Z_95 / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    return Interval(max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """CSAT: answers of 4 or 5 ÷ answers, of those who were asked."""

    satisfied: int
    answers: int
    asked: int

    @property
    def share(self) -> float | None:
        """None under ten answers."""
        return self.satisfied / self.answers if self.answers >= FEWEST_ANSWERS else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's, 95 %; None under ten answers."""
        return wilson(self.satisfied, self.answers) if self.answers >= FEWEST_ANSWERS else None

    @property
    def response_rate(self) -> float | None:
        """Who answered, of those asked; None if nobody was asked."""
        return self.answers / self.asked if self.asked else None


def satisfaction(ratings: Iterable[int | None], *, asked: int) -> Satisfaction:
    """CSAT of ratings 1–5, None where the question was left out. Who answers unasked counts as asked."""
    given = [rating for rating in ratings if rating is not None]
    return Satisfaction(sum(rating >= SATISFIED for rating in given), len(given), max(asked, len(given)))


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in seconds: median and 90th percentile, never a mean alone."""

    count: int
    median: float | None
    p90: float | None


def spread(seconds: Iterable[float]) -> Spread:
    """The spread of durations; without any, there is no median."""
    ordered = sorted(seconds)
    if not ordered:
        return Spread(0, None, None)
    return Spread(len(ordered), percentile(ordered, 0.5), percentile(ordered, 0.9))


def percentile(ordered: Sequence[float], rank: float) -> float:
    """The value below which `rank` (0–1) of the sorted values lie, interpolated as by PostgreSQL's percentile_cont."""
    place = rank * (len(ordered) - 1)
    low, high = ordered[floor(place)], ordered[ceil(place)]
    return low + (high - low) * (place - floor(place))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Reply coverage: of the mentions that needed an answer, those that got one."""

    answered: int
    needed: int

    @property
    def share(self) -> float | None:
        """None if nothing needed an answer."""
        return self.answered / self.needed if self.needed else None


def seconds_waited(said: Iterable[tuple[datetime, bool]], *, until: datetime) -> int:
    """How long we waited for the customer: from each first reply of ours to their next message, or `until`.

    `said` are the times of messages in order, each with whether the customer wrote it. This time is left out of
    resolution times.
    """
    waited, since = 0.0, None
    for at, by_customer in said:
        if not by_customer:
            since = since or at
        elif since is not None:
            waited += max(0.0, (at - since).total_seconds())
            since = None
    if since is not None:
        waited += max(0.0, (until - since).total_seconds())
    return round(waited)


def overlap_seconds(spans: Iterable[tuple[datetime, datetime | None]], *, since: datetime, until: datetime) -> float:
    """How much of `since`–`until` the spans cover together, each moment counted once; an open span goes on."""
    covered, reached = 0.0, since
    for start, end in sorted(spans, key=lambda span: span[0]):
        entered, left = max(start, reached), min(end or until, until)
        if left > entered:
            covered += (left - entered).total_seconds()
            reached = left
    return covered
