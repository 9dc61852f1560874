"""Searches now and then for what is new, and looks again at what was heard.

The search only finds; what is said is told by the items themselves, which know of edits and deletions at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import msgspec

from goodword.connectors.contract import Cursor, Delivery, Gap, Raw, Retry
from goodword.connectors.hackernews.items import fetch, raw_of
from goodword.connectors.hackernews.memory import Memory
from goodword.connectors.hackernews.place import Place
from goodword.connectors.over_http.calls import Api
from goodword.connectors.over_http.resting import rest

_EVERY = timedelta(minutes=1)  # 10,000 requests an hour are allowed to an address
_OVERLAP = 3600  # seconds: the search learns of some items late
_PAGE = 100
_MOST_PAGES = 10  # the search gives no more than 1,000
_AT_ONCE = 20
_WHERE = "title,story_text,comment_text,url"


class Hit(msgspec.Struct):
    """What the search says of an item: enough to ask for it."""

    objectID: str  # noqa: N815  # the API's name
    created_at_i: int

    @property
    def item_id(self) -> int:
        """Its number; 0 where it has none."""
        return int(self.objectID) if self.objectID.isascii() and self.objectID.isdigit() else 0


class _Found(msgspec.Struct):
    hits: list[Hit]
    nbPages: int = 0  # noqa: N815


def listen(place: Place, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]) -> Iterator[Delivery]:
    """Raises `Refused` and `Retry`."""
    memory = Memory.of(cursor)
    with ExitStack() as stack:
        search, items = stack.enter_context(place.search_api()), stack.enter_context(place.items_api())
        while not stop():
            for phrase in place.phrases:
                yield from _news(phrase, place, memory, (search, items), now())
            yield from _told(memory, items, memory.due(_AT_ONCE))
            yield Delivery((), memory.cursor)
            for _ in rest(_EVERY * random.uniform(1, 1.1), stop):  # noqa: S311  # no secret
                yield Delivery((), memory.cursor)


def find(search: Api, phrase: str, *, since: int, page: int = 0, count: int = _PAGE) -> _Found:
    """One page of what was found, newest first. Raises `Refused` and `Retry`."""
    query = [
        ("query", phrase),
        ("tags", "(story,comment,poll)"),
        ("numericFilters", f"created_at_i>{since}"),
        ("restrictSearchableAttributes", _WHERE),
        ("typoTolerance", "false"),
        ("advancedSyntax", "true"),
        ("hitsPerPage", str(count)),
        ("page", str(page)),
    ]
    return search.get("/api/v1/search_by_date", query).read(_Found)


def _news(phrase: str, place: Place, memory: Memory, apis: tuple[Api, Api], now: datetime) -> Iterator[Delivery]:
    """What one search finds since it was last heard, oldest first."""
    search, items = apis
    began = memory.until.get(phrase)
    since = int((now - place.history).timestamp()) if began is None else began - _OVERLAP
    hits: dict[int, Hit] = {}
    for page in range(_MOST_PAGES):
        found = find(search, phrase, since=since, page=page)
        hits |= {hit.item_id: hit for hit in found.hits if hit.item_id}
        if page + 1 >= found.nbPages:
            break
    ordered = sorted(hits.values(), key=lambda hit: (hit.created_at_i, hit.item_id))
    gaps = _gaps(phrase, since, ordered) if len(hits) >= _PAGE * _MOST_PAGES else ()
    new = {hit.item_id: hit.created_at_i for hit in ordered if hit.item_id not in memory.recent}

    def note(item_id: int) -> None:
        memory.until[phrase] = max(memory.until.get(phrase, 0), new[item_id])

    yield from _told(memory, items, new, note, gaps)
    memory.until[phrase] = max(memory.until.get(phrase, since), ordered[-1].created_at_i if ordered else since)


def _told(
    memory: Memory,
    items: Api,
    item_ids: Iterable[int],
    note: Callable[[int], None] = lambda _item_id: None,
    gaps: tuple[Gap, ...] = (),
) -> Iterator[Delivery]:
    """What is new or changed of these; what was told before a fault is handed over first.

    What isn't there yet is found again by the next search.
    """
    raws: list[Raw] = []
    try:
        for item_id in item_ids:
            item = fetch(items, item_id)
            if item is not None and memory.is_news(item.id, raw := raw_of(item)):
                raws.append(raw)
            note(item_id)
            if len(raws) >= _AT_ONCE:
                yield Delivery(tuple(raws), memory.cursor, gaps)
                raws, gaps = [], ()
    except Retry:
        if raws:
            yield Delivery(tuple(raws), memory.cursor, gaps)
        raise
    if raws or gaps:
        yield Delivery(tuple(raws), memory.cursor, gaps)


def _gaps(phrase: str, since: int, ordered: list[Hit]) -> tuple[Gap, ...]:
    began, until = (datetime.fromtimestamp(at, UTC) for at in (since, ordered[0].created_at_i))
    return (Gap(began, max(began, until), f"“{phrase}” was found more often than the search tells."),)
