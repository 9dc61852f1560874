"""How long a visitor will probably wait: the median of what visitors of this source waited lately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from django.core.cache import cache

from goodword.listen.models import Mention, Source

LATELY = timedelta(days=7)
_LOOKED_AT = 500  # mentions
_ENOUGH = 3  # waits; fewer say nothing of the next
_KEPT = 60  # seconds

Words = tuple[int, bool, bool, datetime]  # thread, ours, automatic, at


def waits(words: Iterable[Words]) -> list[timedelta]:
    """From a customer's first word to our next one that a person wrote, of all threads; `words` in time order."""
    since: dict[int, datetime] = {}
    found = []
    for thread, ours, automatic, at in words:
        if not ours:
            since.setdefault(thread, at)
        elif not automatic and (began := since.pop(thread, None)) is not None:
            found.append(at - began)
    return found


def expected_wait(source: Source, *, now: datetime) -> timedelta | None:
    """The median; without enough to go by what the settings promise, and None without that."""
    key = f"expected-wait:{source.pk}"
    seconds: float | None = cache.get(key)
    if seconds is None:
        found = [wait.total_seconds() for wait in waits(_words(source, now))]
        seconds = median(found) if len(found) >= _ENOUGH else -1.0
        cache.set(key, seconds, _KEPT)
    return timedelta(seconds=seconds) if seconds >= 0 else _promised(source)


def _words(source: Source, now: datetime) -> list[Words]:
    mentions = (
        Mention.objects.of(source.workspace_id)
        .filter(source=source, at__gte=now - LATELY)
        .order_by("-at", "-id")
        .values_list("thread_id", "direction", "automatic", "at")
    )
    newest_first = list(mentions[:_LOOKED_AT])
    return [(thread, direction == "out", automatic, at) for thread, direction, automatic, at in newest_first[::-1]]


def _promised(source: Source) -> timedelta | None:
    written = str(source.settings.get("expected_wait_minutes") or "")
    return timedelta(minutes=int(written)) if written.isdecimal() and len(written) < 5 else None
