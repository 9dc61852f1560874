"""Watch how often each search is matched, and notice when it is far more often than usual.

What a source tells late counts as well: a series is learned from only when its time is two hours past, and what came
since is looked at anew each time. One rise is noticed once, however often it is looked at.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import numpy as np
from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.language.bursts import Burst, Detector, DetectorBank, Tuning, bin_of, start_of
from goodword.listen.burst_posts import typical_matches
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
LATE = timedelta(hours=2)  # some sources are asked only now and then, and what they say is matched later
ONE_RISE = timedelta(seconds=TUNING.quiet_bins * BIN)
LEARNS_FROM = timedelta(days=30)
CATCHES_UP = timedelta(days=7)  # of a time in which no worker ran
_TOGETHER = 1_000
"""Watches that are taken in one transaction: all of a workspace."""

Counts = Mapping[int, Mapping[int, int]]  # matches by search and bin


def learn_the_usual(*, search: SavedSearch, now: datetime) -> None:
    """Take the past of a new search as if it had been watched. Bursts in it are kept, and nobody is told."""
    last = _last_bin(now)
    settled = _settled_bin(last)
    first = bin_of(now - LEARNS_FROM, BIN)
    counts = _count(search.workspace_id, [search.pk], first, last)[search.pk]
    if counts:
        first = max(first, min(counts))  # before the first match nobody may have listened at all
    detector = Detector(TUNING)
    bursts = _observe(detector, counts, range(first, settled + 1))
    learned = detector.to_bytes()
    bursts += _observe(detector, counts, range(max(first, settled + 1), last + 1))
    with transaction.atomic():
        if not _still_there([search.pk]):
            return
        SearchBurst.objects.of(search.workspace_id).filter(search=search).delete()
        for burst in bursts:
            _keep(search, burst)
        SearchWatch.objects.update_or_create(
            workspace_id=search.workspace_id,
            search=search,
            defaults={"bin_index": settled, "state": learned},
        )


def watch_searches(*, workspace_id: int, now: datetime) -> int:
    """Look at the bins that ended since the last look, for every watched search of a workspace; how many bursts began.

    Running it twice, or in two workers at once, notices nothing twice.
    """
    last = _last_bin(now)
    due = (
        SearchWatch.objects.of(workspace_id)
        .filter(search__active=True, bin_index__lt=_settled_bin(last))
        .order_by("bin_index", "search_id")
        .values_list("bin_index", "search_id")
    )
    begun = 0
    for bin_index, watches in groupby(due, key=lambda watch: watch[0]):
        search_ids = [search_id for _bin_index, search_id in watches]
        for start in range(0, len(search_ids), _TOGETHER):
            begun += _watch(workspace_id, search_ids[start : start + _TOGETHER], bin_index, last, now)
    return begun


@transaction.atomic
def _watch(workspace_id: int, search_ids: Sequence[int], bin_index: int, last: int, now: datetime) -> int:
    """Watches that have learned up to the same bin, stepped together."""
    there = _still_there(search_ids)
    # Whoever is first takes the bins; a second worker finds them taken.
    taken = list(
        SearchWatch.objects.of(workspace_id)
        .select_for_update()
        .filter(search__in=there, bin_index=bin_index)
        .order_by("search_id")
    )
    if not taken:
        return 0
    settled = _settled_bin(last)
    first = max(bin_of(now - CATCHES_UP, BIN), bin_index + 1)
    counts = _count(workspace_id, [watch.search_id for watch in taken], first, last)
    bank = _go_on(taken)
    bursts = list(_step(bank, taken, counts, range(first, settled + 1)))
    for watch, row in zip(taken, bank.rows, strict=True):
        watch.bin_index, watch.state = settled, row.tobytes()
    SearchWatch.objects.bulk_update(taken, ["bin_index", "state"])
    bursts += _step(bank, taken, counts, range(max(first, settled + 1), last + 1))
    return sum(notice_burst(search=there[search_id], burst=burst, now=now) for search_id, burst in bursts)


def _step(
    bank: DetectorBank, watches: Sequence[SearchWatch], counts: Counts, bins: Iterable[int]
) -> Iterator[tuple[int, Burst]]:
    """The bursts that begin to show in these bins, each with the id of its search."""
    for index in bins:
        values = np.array([counts[watch.search_id].get(index, 0) for watch in watches], dtype=np.float64)
        for place, burst in bank.observe(values, index):
            yield watches[place].search_id, burst


def _still_there(search_ids: Sequence[int]) -> dict[int, SavedSearch]:
    """Lock searches before what belongs to them, as whoever deletes one does; those that were deleted are missing."""
    return {
        search.pk: search for search in SavedSearch.objects.select_for_update().filter(pk__in=search_ids).order_by("pk")
    }


def _go_on(watches: Sequence[SearchWatch]) -> DetectorBank:
    bank = DetectorBank(len(watches), TUNING)
    for place, watch in enumerate(watches):
        try:
            bank.restore(place, bytes(watch.state))
        except ValueError:  # what is remembered has another shape since an upgrade
            log.warning("the usual volume of a search is learned anew", extra={"search": watch.search_id})
    return bank


@transaction.atomic
def notice_burst(*, search: SavedSearch, burst: Burst, now: datetime) -> bool:
    """Keep the burst; leads are told, unless the search's alarm is off. A rise that is known already is no new one."""
    noticed_at = start_of(burst.bin_index + 1, BIN)
    known = SearchBurst.objects.of(search.workspace_id).filter(
        search=search, noticed_at__gt=noticed_at - ONE_RISE, noticed_at__lt=noticed_at + ONE_RISE
    )
    if known.exists():
        return False
    row = _keep(search, burst)
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
    return True


def _keep(search: SavedSearch, burst: Burst) -> SearchBurst:
    since, noticed_at = start_of(burst.since, BIN), start_of(burst.bin_index + 1, BIN)
    return SearchBurst.objects.create(
        workspace_id=search.workspace_id,
        search=search,
        since=since,
        noticed_at=noticed_at,
        observed=burst.observed,
        expected=burst.expected,
        confidence=burst.confidence,
        typical=typical_matches(search=search, since=since, until=noticed_at),
    )


def _observe(detector: Detector, counts: Mapping[int, int], bins: Iterable[int]) -> list[Burst]:
    found = (detector.observe(counts.get(index, 0), index) for index in bins)
    return [burst for burst in found if burst is not None]


def _last_bin(now: datetime) -> int:
    """The last bin that is over, and of which most has come in."""
    return bin_of(now - SETTLES, BIN) - 1


def _settled_bin(last: int) -> int:
    """The last bin of which everything has come in."""
    return last - int(LATE.total_seconds()) // BIN


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
