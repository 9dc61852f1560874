"""Looks at a feed now and then, and hands over what is new or changed in it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from urllib.parse import urlsplit

from goodword.connectors.contract import Cursor, Delivery, Gap, Retry
from goodword.connectors.feed.entries import Entry, Feed, NotAFeed, key_of, print_of, raw_of
from goodword.connectors.feed.hub import Subscription
from goodword.connectors.feed.place import Place
from goodword.connectors.feed.reading import read_feed
from goodword.connectors.over_http.documents import Look, fresh_for, look
from goodword.connectors.over_http.memory import Memory
from goodword.connectors.over_http.resting import rest
from goodword.connectors.over_http.waiting import LONGEST

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_MOST_PAGES = 10
_MOST_AT_ONCE = 1_000  # entries of one page
_NO_FEED = timedelta(minutes=10)


def listen(
    place: Place,
    cursor: Cursor,
    stop: Callable[[], bool],
    now: Callable[[], datetime],
    subscription: Subscription,
) -> Iterator[Delivery]:
    """Raises `Refused` (gone for good) and `Retry`."""
    memory, wait = Memory.of(cursor), place.every
    while not stop():
        found = look(place.address, name=place.name, seen=memory.seen, accept=ACCEPT)
        if found.content is None:
            memory.looked_at = now()
            yield Delivery((), memory.cursor)
        else:
            feed = as_feed(found, place)
            yield replace(_take(place, feed, found, memory, now()), learned=subscription.learn(feed))
            wait = pause(place, feed, found)
        subscription.keep()
        for _ in rest(wait * random.uniform(1, 1.1), stop):  # noqa: S311  # no secret
            yield Delivery((), memory.cursor)


def as_feed(found: Look, place: Place) -> Feed:
    """Raises `Retry`: what is no feed today may be one again."""
    try:
        return read_feed(found.content or b"", kind=found.kind, address=found.address)
    except NotAFeed as error:
        raise Retry(f"{place.name}: {error}", after=_NO_FEED) from error


def pause(place: Place, feed: Feed, found: Look) -> timedelta:
    """As often as we were told to look, unless the feed or its server wants it less often."""
    return min(max(place.every, feed.every or timedelta(), fresh_for(found.headers) or timedelta()), LONGEST)


def _take(place: Place, feed: Feed, found: Look, memory: Memory, now: datetime) -> Delivery:
    """What is new. The memory moves only when all of it has been read."""
    begin = now - place.history
    entries = list(_in_order(feed.entries))
    reaches_back = _meets(entries, memory, begin)
    page = feed
    for _ in range(_MOST_PAGES):
        if reaches_back or not page.next_page or not _is_same_host(page.next_page, found.address):
            break
        page = as_feed(look(page.next_page, name=place.name, seen={}, accept=ACCEPT), place)
        entries = [*_in_order(page.entries), *entries]
        reaches_back = _meets(entries, memory, begin)
    gaps = _gaps(entries, memory, now) if not reaches_back else ()
    is_first = memory.looked_at is None
    new = [each for each in entries if memory.note(key_of(each), print_of(each))]
    memory.trim(len(entries))
    memory.seen, memory.looked_at = found.seen, now
    heard = [each for each in new if not is_first or each.published is None or each.published >= begin]
    raws = tuple(raw_of(each, place=place.host, now=now) for each in heard)
    return Delivery(raws, memory.cursor, gaps)


def _in_order(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Oldest first, each once: by their times, or, where some have none, as if the newest stood on top."""
    once = list({each.id: each for each in reversed(entries[:_MOST_AT_ONCE])}.values())
    dated = [(each.published, each) for each in once if each.published]
    return [each for _at, each in sorted(dated, key=itemgetter(0))] if len(dated) == len(once) else once


def _meets(entries: Sequence[Entry], memory: Memory, begin: datetime) -> bool:
    """Whether these reach back to what was heard before; at first, to the time from which on we want to hear."""
    if memory.looked_at is None:
        return not entries or any(each.published and each.published < begin for each in entries)
    return not entries or not memory.shown or any(key_of(each) in memory.shown for each in entries)


def _gaps(entries: Sequence[Entry], memory: Memory, now: datetime) -> tuple[Gap, ...]:
    """More was published than the feed holds; at first that is only what it doesn't hold any more."""
    if memory.looked_at is None:
        return ()
    oldest = min((each.published for each in entries if each.published), default=now)
    until = max(memory.looked_at, min(oldest, now))
    return (Gap(memory.looked_at, until, "Nothing that the feed showed last time is in it any more."),)


def _is_same_host(address: str, other: str) -> bool:
    return urlsplit(address).hostname == urlsplit(other).hostname
