"""Looks at the address now and then, and hands over what is new or changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from operator import itemgetter

from goodword.connectors.contract import Cursor, Delivery, Gap, Malformed
from goodword.connectors.mapping.payload import Item
from goodword.connectors.mapping.reading import heard_of
from goodword.connectors.over_http.documents import Look, fresh_for, look
from goodword.connectors.over_http.memory import Memory
from goodword.connectors.over_http.resting import rest
from goodword.connectors.over_http.waiting import LONGEST
from goodword.connectors.polled.items import key_of, payload_of, print_of, pruned_items, raw_of
from goodword.connectors.polled.place import Place

MOST_AT_ONCE = 1_000  # items; of more, the newest
ACCEPT = "application/json, text/csv;q=0.9, */*;q=0.5"


def listen(place: Place, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]) -> Iterator[Delivery]:
    """Raises `Refused` and `Retry`."""
    memory, wait = Memory.of(cursor), place.every
    while not stop():
        found = fetch(place, memory)
        if found.content is None:
            memory.looked_at = now()
            yield Delivery((), memory.cursor)
        else:
            yield _take(place, found, memory, now())
            wait = min(max(place.every, fresh_for(found.headers) or timedelta()), LONGEST)
        for _ in rest(wait * random.uniform(1, 1.1), stop):  # noqa: S311  # no secret
            yield Delivery((), memory.cursor)


def fetch(place: Place, memory: Memory) -> Look:
    """What the address answers now. Raises `Refused` and `Retry`."""
    return look(place.address, name=place.name, seen=memory.seen, accept=ACCEPT, secrets=place.headers)


def _take(place: Place, found: Look, memory: Memory, now: datetime) -> Delivery:
    dated = [(_time_of(item, place), item) for item in pruned_items(payload_of(found, place), place)]
    items = _in_order(dated)[-MOST_AT_ONCE:]
    is_first, known = memory.looked_at is None, any(key_of(item) in memory.shown for item in items)
    gaps: tuple[Gap, ...] = ()
    if memory.looked_at is not None and memory.shown and items and not known:
        reason = "Nothing that was there last time is there any more: more may have come than was shown."
        gaps = (Gap(memory.looked_at, max(memory.looked_at, now), reason),)
    old = {key_of(item) for at, item in dated if is_first and at is not None and at < now - place.history}
    new = [item for item in items if memory.note(key_of(item), print_of(item)) and key_of(item) not in old]
    memory.trim(len(items))
    memory.seen, memory.looked_at = found.seen, now
    return Delivery(tuple(raw_of(item, host=place.host, now=now) for item in new), memory.cursor, gaps)


def _time_of(item: Item, place: Place) -> datetime | None:
    try:
        return heard_of(item, place.mapping.of_pruned(), place=place.host).at
    except Malformed:
        return None  # told when it is understood


def _in_order(dated: Sequence[tuple[datetime | None, Item]]) -> list[Item]:
    """Oldest first where all have a time, else as they stand there; each number once, or they would take turns."""
    times = [(at, item) for at, item in dated if at is not None]
    ordered = sorted(times, key=itemgetter(0)) if len(times) == len(dated) else dated
    return list({key_of(item): item for _at, item in ordered}.values())
