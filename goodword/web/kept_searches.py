"""The saved searches as pages show them: each with its last day, and what is talked about more than usual."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils.timezone import localtime

from goodword.language.searches import SearchError, parse
from goodword.listen.models import SavedSearch, SearchBurst, SearchMatch
from goodword.staff.models import Workspace
from goodword.web.listening import as_rise, in_words, rise_in_words
from goodword.web.rises import newest_bursts

HOURS_SHOWN = 24
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved search with its last day: matches by the hour as heights from 0 to 20, the newest last."""

    search: SavedSearch
    last_day: int
    hours: Sequence[tuple[int, int]]  # (x, height)
    rise: str
    trouble: str  # why it can't be used any more
    instead: str  # a search that can


def kept_searches(workspace: Workspace, *, now: datetime) -> list[Kept]:
    """All saved searches with their last 24 hours: active ones first, of them what rises, then what is matched most."""
    # Hours as the zone has them, in which the database cuts them off too: in some they begin at half past.
    begin = localtime(now).replace(minute=0, second=0, microsecond=0).astimezone(UTC) - (HOURS_SHOWN - 1) * _HOUR
    searches = list(SavedSearch.objects.of(workspace).order_by("name"))
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    by_hour = (
        SearchMatch.objects.of(workspace)
        .filter(search__in=searches, at__gte=begin)
        .values("search", hour=TruncHour("at"))
        .annotate(n=Count("pk"))
        .order_by()
    )
    for search_id, hour, n in by_hour.values_list("search", "hour", "n"):
        counts[search_id][min(HOURS_SHOWN - 1, (hour - begin) // _HOUR)] += n
    rises = newest_bursts(workspace, now=now)
    kept = [_kept(search, counts[search.pk], rises.get(search.pk), now) for search in searches]
    return sorted(kept, key=lambda one: (not one.search.active, not one.rise, -one.last_day))


def _kept(search: SavedSearch, counts: Counter[int], burst: SearchBurst | None, now: datetime) -> Kept:
    most = max(counts.values(), default=0) or 1
    trouble, instead = _trouble(search.text)
    return Kept(
        search=search,
        last_day=counts.total(),
        hours=[(hour * 4, -(-20 * counts[hour] // most)) for hour in range(HOURS_SHOWN)],
        rise=rise_in_words(as_rise(burst), now) if burst else "",
        trouble=trouble,
        instead=instead,
    )


def _trouble(text: str) -> tuple[str, str]:
    """Why a search that was saved under earlier rules can't be used, and one to use instead; empty where it can."""
    try:
        parse(text)
    except SearchError as error:
        return in_words(error), next(iter(error.suggestions), "")
    return "", ""
