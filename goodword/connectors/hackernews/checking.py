"""“Test it now”: what each search finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from goodword.connectors.contract import Check, Heard, Malformed, Refused, Retry, Settings
from goodword.connectors.hackernews.items import fetch, raw_of
from goodword.connectors.hackernews.listening import find
from goodword.connectors.hackernews.parse import parse
from goodword.connectors.hackernews.place import NETWORK, Place, read_place
from goodword.connectors.over_http.calls import Api

_SHOWN = 3


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        place = read_place(settings)
        with place.search_api() as search, place.items_api() as items:
            for phrase in place.phrases:
                yield _found(phrase, place, search, items)
    except (Refused, Retry) as error:
        yield Check(NETWORK, passed=False, detail=str(error))


def _found(phrase: str, place: Place, search: Api, items: Api) -> Check:
    """Raises `Refused` and `Retry`."""
    since = int((datetime.now(UTC) - place.history).timestamp())
    found = find(search, phrase, since=since, count=_SHOWN)
    heard = tuple(heard for hit in found.hits if hit.item_id and (heard := _heard(items, hit.item_id)))
    days = f"{place.history.total_seconds() / 86_400:g} days"
    detail = f"Found in the last {days}; the newest are shown." if heard else f"Nobody said this in the last {days}."
    return Check(f"“{phrase}”", passed=True, detail=detail, heard=heard)


def _heard(items: Api, item_id: int) -> Heard | None:
    item = fetch(items, item_id)
    try:
        return parse(raw_of(item)) if item is not None and not item.is_gone else None
    except Malformed:
        return None
