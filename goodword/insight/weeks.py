"""Figures by week: how many of how many, in one question for all weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

WEEKS = 8  # of the trend
COUNTED_WEEKS = 4  # of the figure itself: a week alone is few cases in a small brand
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of so many. Of hours, `part` is the figure and `whole` is 1."""

    part: float
    whole: float

    @property
    def share(self) -> float | None:
        """None where there was nothing to count."""
        return self.part / self.whole if self.whole else None


def week_begins(now: datetime) -> list[datetime]:
    """When each of the last weeks began, the oldest first; the last one ends now."""
    return [now - WEEK * (WEEKS - n) for n in range(WEEKS)]


def by_week(rows: QuerySet[Any], *, at: str, good: Q, begins: Sequence[datetime]) -> list[Tally]:
    """Of `rows`, by the moment `at`, those that are `good` ÷ all, week by week."""
    wanted: dict[str, Count] = {}
    for n, begin in enumerate(begins):
        within = Q(**{f"{at}__gte": begin, f"{at}__lt": begin + WEEK})
        wanted[f"all{n}"] = Count("pk", filter=within, distinct=True)
        wanted[f"good{n}"] = Count("pk", filter=within & good, distinct=True)
    counted = rows.filter(**{f"{at}__gte": begins[0]}).order_by().aggregate(**wanted)
    return [Tally(counted[f"good{n}"], counted[f"all{n}"]) for n in range(len(begins))]


def together(weeks: Sequence[Tally]) -> Tally:
    """The last weeks as one."""
    counted = weeks[-COUNTED_WEEKS:]
    return Tally(sum(each.part for each in counted), sum(each.whole for each in counted))
