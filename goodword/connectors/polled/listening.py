"""Looks at the address now and then, and hands over what is new or changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Container, Iterator, Sequence
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
    rows = _in_order(dated, memory.shown)
    items = rows[-MOST_AT_ONCE:]
    is_first, known = memory.looked_at is None, any(key_of(item) in memory.shown for item in items)
    gaps: tuple[Gap, ...] = ()
    if memory.looked_at is not None and memory.shown and items and not known:
        reason = "Nothing that was there last time is there any more: more may have come than was shown."
        gaps = (Gap(memory.looked_at, max(memory.looked_at, now), reason),)
    elif len(rows) > len(items) and (is_first or key_of(items[0]) not in memory.shown):
        reason = f"Of {len(rows):,} rows only the newest {len(items):,} were taken."
        gaps = (Gap(memory.looked_at or now - place.history, now, reason),)
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


def _in_order(dated: Sequence[tuple[datetime | None, Item]], shown: Container[str]) -> list[Item]:
    """Oldest first, by their times where all have one; each number once, or they would take turns."""
    times = [(at, item) for at, item in dated if at is not None]
    if len(times) == len(dated):
        ordered: Sequence[tuple[datetime | None, Item]] = sorted(times, key=itemgetter(0))
    else:
        ordered = dated[::-1] if _is_newest_first(dated, shown) else dated
    return list({key_of(item): item for _at, item in ordered}.values())


def _is_newest_first(dated: Sequence[tuple[datetime | None, Item]], shown: Container[str]) -> bool:
    """By the times that there are, else by where what was shown before stands."""
    times = [at for at, _item in dated if at is not None]
    if times and times[0] != times[-1]:
        return times[0] > times[-1]
    return bool(dated) and key_of(dated[-1][1]) in shown and key_of(dated[0][1]) not in shown
