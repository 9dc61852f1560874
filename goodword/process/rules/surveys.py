"""Whom to ask about the relationship and when, and what the answers mean. Pure: no tables, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt
from typing import Final
from zoneinfo import ZoneInfo

from goodword.care.measures import FEWEST_ANSWERS, Z_95, Interval, wilson
from goodword.staff.business_time import WorkingTime

# The question is about the relationship, never about a case, so it does not come right after one. Longer than a
# customer may reopen one (7 days) and than a proposed resolution takes to lapse (5).
QUIET: Final = timedelta(days=14)
SELDOM: Final = timedelta(days=90)  # nobody is asked more often, whatever the question
_PROMOTES, _DETRACTS = 9, 6  # of 10: from, to
EASY: Final = 5  # of 7: from
_BY_DAY: Final = range(8, 20)  # a brand may work around the clock: nobody is woken to be asked about it
_HOURS_A_WEEK: Final = 7 * 24


@dataclass(frozen=True, slots=True)
class Contact:
    """Where we stand with somebody: whether a case is open, when a case last moved, when they were last asked."""

    has_open_case: bool
    last_moved_at: datetime
    asked_at: datetime | None


def may_ask(contact: Contact, now: datetime) -> bool:
    """Whether somebody may be asked now: nothing is open, all has been quiet for long enough, and it is seldom."""
    if contact.has_open_case or now - contact.last_moved_at < QUIET:
        return False
    return contact.asked_at is None or now - contact.asked_at >= SELDOM


def share_of_hour(a_week: int, hours: WorkingTime, now: datetime) -> int:
    """How many to ask in this hour, so that `a_week` come evenly over the brand's hours by day; 0 outside of them."""
    if not _is_fit(hours, now):
        return 0
    return ceil(a_week / sum(_is_fit(hours, now + timedelta(hours=n)) for n in range(_HOURS_A_WEEK)))


def _is_fit(hours: WorkingTime, at: datetime) -> bool:
    return hours.is_open(at) and at.astimezone(ZoneInfo(hours.zone)).hour in _BY_DAY


@dataclass(frozen=True, slots=True)
class Recommending:
    """NPS: % of 9–10 less % of 0–6, from -1 to 1 here."""

    promoters: int
    passives: int
    detractors: int
    asked: int

    @property
    def n(self) -> int:
        """Answers."""
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> float | None:
        """None under ten answers."""
        return (self.promoters - self.detractors) / self.n if self.n >= FEWEST_ANSWERS else None

    @property
    def interval(self) -> Interval | None:
        """95 %, adjusted Wald: three answers are added, ¾, 1½ and ¾ (Rocks 2016); None under ten answers."""
        if self.n < FEWEST_ANSWERS:
            return None
        n, up, down = self.n + 3, self.promoters + 0.75, self.detractors + 0.75
        centre = (up - down) / n
        half = Z_95 * sqrt(((up + down) / n - centre**2) / n)
        return Interval(max(-1.0, centre - half), min(1.0, centre + half))

    @property
    def response_rate(self) -> float | None:
        """Who answered, of those asked; None if nobody was."""
        return self.n / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Effort:
    """CES: mean of 1–7, and the share of 5–7."""

    total: int
    easy: int
    n: int
    asked: int

    @property
    def mean(self) -> float | None:
        """None under ten answers."""
        return self.total / self.n if self.n >= FEWEST_ANSWERS else None

    @property
    def share(self) -> float | None:
        """None under ten answers."""
        return self.easy / self.n if self.n >= FEWEST_ANSWERS else None

    @property
    def interval(self) -> Interval | None:
        """Of the share: Wilson's, 95 %; None under ten answers."""
        return wilson(self.easy, self.n) if self.n >= FEWEST_ANSWERS else None

    @property
    def response_rate(self) -> float | None:
        """Who answered, of those asked; None if nobody was."""
        return self.n / self.asked if self.asked else None


def recommending(answers: Iterable[int], *, asked: int) -> Recommending:
    """NPS of answers 0–10."""
    given = list(answers)
    promoters, detractors = sum(one >= _PROMOTES for one in given), sum(one <= _DETRACTS for one in given)
    return Recommending(promoters, len(given) - promoters - detractors, detractors, max(asked, len(given)))


def effort(answers: Iterable[int], *, asked: int) -> Effort:
    """CES of answers 1–7."""
    given = list(answers)
    return Effort(sum(given), sum(one >= EASY for one in given), len(given), max(asked, len(given)))
