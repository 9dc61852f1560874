"""Watch how often each search is matched, and notice when it is far more often than usual."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.language.bursts import Burst, Detector, Tuning, bin_of, start_of
from goodword.listen.events import BurstNoticed
from goodword.listen.figures import in_figures
from goodword.listen.models import SavedSearch, SearchBurst, SearchWatch
from goodword.staff.models import Notice, Role
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

log = logging.getLogger(__name__)

BIN = 300  # seconds
TUNING = Tuning.for_bins(BIN)
SETTLES = timedelta(minutes=2)  # until what was said in a bin has been heard, read and matched
LEARNS_FROM = timedelta(days=30)
CATCHES_UP = timedelta(days=7)  # of a time in which no worker ran

Counts = Mapping[int, Mapping[int, int]]  # matches by search and bin


def learn_the_usual(*, search: SavedSearch, now: datetime) -> None:
    """Take the past of a new search as if it had been watched. Bursts in it are kept, and nobody is told."""
    last = _last_bin(now)
    first = bin_of(now - LEARNS_FROM, BIN)
    counts = _count(search.workspace_id, [search.pk], first, last)[search.pk]
    if counts:
        first = max(first, min(counts))  # before the first match nobody may have listened at all
    detector = Detector(TUNING)
    bursts = _observe(detector, counts, range(first, last + 1))
    with transaction.atomic():
        if not _take_turn(search.pk):
            return
        SearchBurst.objects.of(search.workspace_id).filter(search=search).delete()
        SearchBurst.objects.bulk_create(_as_row(search, burst) for burst in bursts)
        SearchWatch.objects.update_or_create(
            workspace_id=search.workspace_id,
            search=search,
            defaults={"bin_index": last, "state": detector.to_bytes()},
        )


def watch_searches(*, workspace_id: int, now: datetime) -> int:
    """Take the bins that ended since the last look, for every watched search of a workspace; how many bursts began."""
    last = _last_bin(now)
    watches = list(
        SearchWatch.objects.of(workspace_id)
        .filter(search__active=True, bin_index__lt=last)
        .select_related("search")
        .order_by("pk")
    )
    if not watches:
        return 0
    earliest = bin_of(now - CATCHES_UP, BIN)
    first = max(earliest, min(watch.bin_index for watch in watches) + 1)
    counts = _count(workspace_id, [watch.search_id for watch in watches], first, last)
    return sum(_watch(watch, counts[watch.search_id], max(first, watch.bin_index + 1), last, now) for watch in watches)


@transaction.atomic
def _watch(watch: SearchWatch, counts: Mapping[int, int], first: int, last: int, now: datetime) -> int:
    if not _take_turn(watch.search_id):
        return 0
    # Whoever is first takes the bins; a second worker finds them taken.
    taken = SearchWatch.objects.select_for_update().filter(pk=watch.pk, bin_index=watch.bin_index).first()
    if taken is None:
        return 0
    detector = _go_on(bytes(taken.state), watch.search_id)
    bursts = _observe(detector, counts, range(first, last + 1))
    SearchWatch.objects.filter(pk=watch.pk).update(bin_index=last, state=detector.to_bytes())
    for burst in bursts:
        notice_burst(search=watch.search, burst=burst, now=now)
    return len(bursts)


def _take_turn(search_id: int) -> bool:
    """Lock the search before what belongs to it, as whoever deletes it does; False if it was deleted meanwhile."""
    return SavedSearch.objects.select_for_update(of=("self",)).filter(pk=search_id).first() is not None


def _go_on(state: bytes, search_id: int) -> Detector:
    try:
        return Detector.from_bytes(state, TUNING)
    except ValueError:  # what is remembered has another shape since an upgrade
        log.warning("the usual volume of a search is learned anew", extra={"search": search_id})
        return Detector(TUNING)


@transaction.atomic
def notice_burst(*, search: SavedSearch, burst: Burst, now: datetime) -> SearchBurst:
    """Keep the burst; leads are told, unless the search's alarm is off. The same burst twice is noticed once."""
    row = _as_row(search, burst)
    row, is_new = SearchBurst.objects.get_or_create(
        workspace_id=row.workspace_id,
        search=search,
        noticed_at=row.noticed_at,
        defaults={name: getattr(row, name) for name in ("since", "observed", "expected", "confidence")},
    )
    if not is_new:
        return row
    fact = BurstNoticed(workspace_id=search.workspace_id, search_id=search.pk, burst_id=row.pk)
    record(fact, now=now)
    if search.alarm:
        notify(
            workspace_id=search.workspace_id,
            agent_ids=who_may(Role.LEAD, workspace=search.workspace_id).values_list("pk", flat=True),
            kind=Notice.Kind.BURST,
            subject=fact.subject,
            text=_("%(name)s: %(observed)d mentions where %(expected)s were expected")
            % {"name": search.name, "observed": row.observed, "expected": in_figures(row.expected)},
            now=row.noticed_at,
        )
    return row


def _observe(detector: Detector, counts: Mapping[int, int], bins: Iterable[int]) -> list[Burst]:
    found = (detector.observe(counts.get(index, 0), index) for index in bins)
    return [burst for burst in found if burst is not None]


def _as_row(search: SavedSearch, burst: Burst) -> SearchBurst:
    return SearchBurst(
        workspace_id=search.workspace_id,
        search=search,
        since=start_of(burst.since, BIN),
        noticed_at=start_of(burst.bin_index + 1, BIN),
        observed=burst.observed,
        expected=burst.expected,
        confidence=burst.confidence,
    )


def _last_bin(now: datetime) -> int:
    """The last bin that is over, and of which everything has come in."""
    return bin_of(now - SETTLES, BIN) - 1


def _count(workspace_id: int, search_ids: Sequence[int], first: int, last: int) -> Counts:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [BIN, workspace_id, list(search_ids), start_of(first, BIN), start_of(last + 1, BIN)])
        counts: dict[int, Counter[int]] = defaultdict(Counter)
        for search_id, index, matches in cursor.fetchall():
            counts[search_id][index] = matches
        return counts


_COUNT = """
SELECT search_id, floor(extract(epoch FROM at) / %s)::bigint AS bin, count(*)
  FROM listen_searchmatch
 WHERE workspace_id = %s AND search_id = ANY(%s) AND at >= %s AND at < %s
 GROUP BY search_id, bin
"""
