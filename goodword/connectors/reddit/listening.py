"""Asks now and then what was said since, and what became of what was said."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from goodword.connectors.contract import Cursor, Delivery, Gap, Raw, Retry
from goodword.connectors.over_http.calls import Absent, Denied
from goodword.connectors.over_http.resting import rest
from goodword.connectors.reddit.memory import Memory
from goodword.connectors.reddit.place import Place, Timeline
from goodword.connectors.reddit.session import Session
from goodword.connectors.reddit.things import Thing, raw_of, read_listing

_EVERY = timedelta(seconds=30)
_PER_TIMELINE = timedelta(seconds=1.2)  # 100 requests a minute are allowed, and answers want some of them
_PAGE = 100
_NOTHING_HEARD = timedelta(hours=1)
_MOST_PAGES = 10  # no listing there is longer than 1,000
_AGAIN = 100  # things that can be asked for at once
_OVERLAP = {False: 120.0, True: 3600.0}  # seconds: a search learns of some posts late


def listen(place: Place, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]) -> Iterator[Delivery]:
    """Raises `Refused` and `Retry`."""
    memory = Memory.of(cursor)
    with Session(place) as session:
        hearing = _Hearing(place, session, memory, now)
        wait = max(_EVERY, _PER_TIMELINE * len(place.timelines))
        while not stop():
            for timeline in place.timelines:
                yield from hearing.news(timeline)
            hearing.check_hears()
            yield from hearing.look_again()
            yield hearing.delivery(())
            for _ in rest(wait * random.uniform(1, 1.1), stop):  # noqa: S311  # no secret
                yield hearing.delivery(())


class _Hearing:
    """One session. Everything raises `Refused` and `Retry`."""

    def __init__(self, place: Place, session: Session, memory: Memory, now: Callable[[], datetime]) -> None:
        self._place, self._session, self._memory, self._now = place, session, memory, now

    def delivery(self, raws: Iterable[Raw], gaps: tuple[Gap, ...] = ()) -> Delivery:
        quota = self._session.quota
        return Delivery(tuple(raws), self._memory.cursor, gaps, (quota,) if quota else ())

    def news(self, timeline: Timeline) -> Iterator[Delivery]:
        """What was said since it was last asked for, oldest first."""
        key, memory = timeline.key, self._memory
        known_until = memory.until.get(key)
        first = (self._now() - self._place.history).timestamp()
        since = first if known_until is None else known_until - _OVERLAP[timeline.is_late]
        try:
            things, is_whole = self._pages(timeline, since)
        except (Denied, Absent) as error:
            if key not in memory.closed:
                memory.closed.append(key)
                yield self.delivery((), (Gap(self._now(), self._now(), f"{key} can't be heard. {error}"),))
            return
        if key in memory.closed:
            memory.closed.remove(key)
        gaps = () if is_whole or known_until is None else (self._gap(timeline, known_until, things),)
        raws = [raw for each in things if each.created_utc >= since and (raw := self._raw(each))]
        memory.until[key] = max([known_until or since, *(each.created_utc for each in things)])
        if raws or gaps:
            yield self.delivery(raws, gaps)

    def check_hears(self) -> None:
        """Raise `Retry` where every timeline is closed to us: nothing is heard then, though Reddit answers."""
        keys = {timeline.key for timeline in self._place.timelines}
        if keys and keys <= set(self._memory.closed):
            raise Retry("Reddit lets us hear none of what was asked for.", after=_NOTHING_HEARD)

    def look_again(self) -> Iterator[Delivery]:
        """Edits and deletions of some recent things, in turn.

        What is deleted is told as deleted. What isn't told at all is left alone: a stumble of the network must not
        take words away from us that nobody took back.
        """
        names = self._memory.due(_AGAIN)
        if not names:
            return
        listing = read_listing(self._session.get("/api/info", [("id", ",".join(names))]))
        raws = [raw for each in listing.things() if each.name in names and (raw := self._raw(each))]
        if raws:
            yield self.delivery(raws)

    def _raw(self, thing: Thing) -> Raw | None:
        """None for what was handed over before, and for what was gone before we heard it."""
        is_known = thing.name in self._memory.recent
        raw = raw_of(thing, username=self._place.username)
        if thing.is_gone:
            self._memory.forget(thing.name)
            return raw if is_known else None
        return raw if self._memory.is_news(thing.name, raw) else None

    def _pages(self, timeline: Timeline, since: float) -> tuple[list[Thing], bool]:
        """Back to what was said at `since`, oldest first; and whether they reach back so far."""
        found: dict[str, Thing] = {}
        after = ""
        for _ in range(_MOST_PAGES):
            more = [("after", after)] if after else []
            listing = read_listing(self._session.get(timeline.path, [*timeline.query, ("limit", str(_PAGE)), *more]))
            page = list(listing.things())
            found |= {each.name: each for each in page}
            after = listing.data.after or ""
            if not after or any(each.created_utc < since for each in page):
                return _in_order(found.values()), True
        return _in_order(found.values()), False

    def _gap(self, timeline: Timeline, known_until: float, things: list[Thing]) -> Gap:
        since, oldest = (datetime.fromtimestamp(at, UTC) for at in (known_until, things[0].created_utc))
        return Gap(since, max(since, oldest), f"{timeline.key}: more was said than Reddit tells.")


def _in_order(things: Iterable[Thing]) -> list[Thing]:
    return sorted(things, key=lambda each: (each.created_utc, len(each.name), each.name))
