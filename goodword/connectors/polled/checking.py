"""“Test it now”: what the address answers, at which paths, and how the mapping hears it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from goodword.connectors.contract import Check, Heard, Refused, Retry, Settings
from goodword.connectors.mapping.payload import Item
from goodword.connectors.mapping.preview import preview
from goodword.connectors.mapping.reading import heard_of
from goodword.connectors.over_http.memory import Memory
from goodword.connectors.polled.items import payload_of, pruned_items
from goodword.connectors.polled.listening import MOST_AT_ONCE, fetch
from goodword.connectors.polled.place import read_place


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        place = read_place(settings)
        found = fetch(place, Memory())
        payload = payload_of(found, place)
    except (Refused, Retry) as error:
        yield Check("Address", passed=False, detail=str(error))
        return
    changes = "; fetched only if it has changed" if found.seen else ""
    yield Check("Address", passed=True, detail=f"It answers with {found.kind or 'something without a type'}{changes}.")

    def hear(item: Item) -> Heard:
        return heard_of(item, place.mapping, place=place.host, received_at=datetime.now(UTC))

    lines = list(preview(payload, place.mapping, hear=hear))
    yield from lines
    if lines[0].passed and not place.mapping.at and (many := len(pruned_items(payload, place))) > MOST_AT_ONCE:
        detail = f"Of {many} without a time only the last {MOST_AT_ONCE} are heard: enter the path of the time."
        yield Check("Items", passed=False, detail=detail)
