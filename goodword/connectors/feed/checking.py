"""“Test it now”: whether the feed can be read, and its newest entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from goodword.connectors.contract import Check, Heard, Malformed, Refused, Retry, Settings
from goodword.connectors.feed.entries import Entry, raw_of
from goodword.connectors.feed.listening import ACCEPT, as_feed, pause
from goodword.connectors.feed.parse import parse
from goodword.connectors.feed.place import Place, read_place
from goodword.connectors.over_http.documents import look

_SHOWN = 3


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        place = read_place(settings)
        found = look(place.address, name=place.name, seen={}, accept=ACCEPT)
        feed = as_feed(found, place)
    except (Refused, Retry) as error:
        yield Check("Feed", passed=False, detail=str(error))
        return
    newest = sorted(feed.entries, key=_when, reverse=True)[:_SHOWN]
    heard = tuple(heard for each in newest if (heard := _heard(each, place)))
    detail = f"{feed.format}, “{feed.title}”, with {len(feed.entries)} entries."
    yield Check("Feed", passed=True, detail=detail, heard=heard)
    minutes = pause(place, feed, found).total_seconds() / 60
    detail = f"We look every {minutes:.0f} minutes" + (", and fetch it only if it has changed." if found.seen else ".")
    yield Check("How often", passed=True, detail=detail)
    if rated := sum(each.rating is not None for each in feed.entries):
        yield Check("Stars", passed=True, detail=f"{rated} entries give stars.")


def _when(entry: Entry) -> datetime:
    return entry.published or datetime.min.replace(tzinfo=UTC)


def _heard(entry: Entry, place: Place) -> Heard | None:
    try:
        return parse(raw_of(entry, place=place.host, now=datetime.now(UTC)))
    except Malformed:
        return None
