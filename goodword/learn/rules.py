"""When a fix counts: only when the complaints stop. Pure.

Complaints of a cause are counted per 1,000 mentions, as many days before the fix as after it. Given how many there were
in both spans together, those after it follow a binomial distribution whose share is set by the ratio of the two rates
and by how much was heard in each span (Przyborowski and Wilenski, Biometrika 1940). The interval of that share is the
exact one (Clopper and Pearson, Biometrika 1934): it keeps its promise however few complaints there are, and where it
errs it errs towards "not proven".
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SURE = 0.95  # of the interval that says whether a fix counts
ALARM_SURE = 0.99  # of the one that says whether a cause is back: it is looked at every hour, so the bar is higher
_HALVINGS = 60  # of the unit interval: beyond the precision of a float


@dataclass(frozen=True, slots=True)
class Span:
    """Some days: complaints of a cause, and how many mentions were heard in which the cause would have been seen.

    `mentions` may be a fraction: those heard, times the share of cases whose cause is known at all.
    """

    complaints: int
    mentions: float

    @property
    def rate(self) -> float | None:
        """Complaints per 1,000 mentions; None where nothing was heard."""
        return 1000 * self.complaints / self.mentions if self.mentions > 0 else None


@dataclass(frozen=True, slots=True)
class RateRatio:
    """The later rate ÷ the earlier one, with its interval. `high` is infinite where there was nothing earlier."""

    ratio: float | None  # None where there was no complaint earlier
    low: float
    high: float


def rate_ratio(before: Span, after: Span, *, sure: float = SURE) -> RateRatio | None:
    """How the rate changed; None where nothing was heard in a span, or nobody complained in either."""
    total = before.complaints + after.complaints
    if before.mentions <= 0 or after.mentions <= 0 or total == 0:
        return None
    low, high = binomial_interval(after.complaints, total, sure=sure)
    exposure = before.mentions / after.mentions
    earlier = before.rate or 0.0
    return RateRatio(
        ratio=(after.rate or 0.0) / earlier if earlier else None,
        low=exposure * low / (1 - low),
        high=exposure * high / (1 - high) if high < 1 else math.inf,
    )


def is_fixed(before: Span, after: Span) -> bool:
    """Whether the complaints have stopped, as far as numbers can say: the upper limit is below 1."""
    found = rate_ratio(before, after)
    return found is not None and found.high < 1


def is_back(quiet: Span, lately: Span) -> bool:
    """Whether a cause that was fixed is complained of more than in the days that showed it was: the lower limit is
    above 1."""
    found = rate_ratio(quiet, lately, sure=ALARM_SURE)
    return found is not None and found.low > 1


def binomial_interval(successes: int, trials: int, *, sure: float) -> tuple[float, float]:
    """The exact interval of a share (Clopper and Pearson 1934), 0 ≤ low ≤ high ≤ 1."""
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"{successes} of {trials} is no share")
    tail = (1 - sure) / 2
    low, high = 0.0, 1.0
    if successes > 0:  # the share at which so many or more are as rare as the tail
        low = 1 - _share_where_few(trials - successes, trials, tail)
    if successes < trials:
        high = _share_where_few(successes, trials, tail)
    return low, high


def _share_where_few(successes: int, trials: int, tail: float) -> float:
    """The share at which so few successes, or fewer, have the probability `tail`."""
    low, high = 0.0, 1.0
    for _halving in range(_HALVINGS):
        middle = (low + high) / 2
        if _at_most(successes, trials, middle) > tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(successes: int, trials: int, share: float) -> float:
    """P(X ≤ successes) of a binomial, summed from the largest term down until the rest counts for nothing."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    if successes > trials * share:  # the other tail is the short one
        return 1 - _at_most(trials - successes - 1, trials, 1 - share)
    log_term = (
        math.lgamma(trials + 1)
        - math.lgamma(successes + 1)
        - math.lgamma(trials - successes + 1)
        + successes * math.log(share)
        + (trials - successes) * math.log1p(-share)
    )
    term = total = math.exp(log_term)
    odds = (1 - share) / share
    for k in range(successes, 0, -1):
        term *= k / (trials - k + 1) * odds
        total += term
        if term < 1e-17 * total:
            break
    return min(1.0, total)
