"""The items of an answer, and the raw items that they become: only what the mapping names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from goodword.connectors.contract import Heard, Malformed, Raw, Retry, Settings
from goodword.connectors.mapping.fields import prune, read_mapping
from goodword.connectors.mapping.payload import Item, Unreadable, items_of, read_payload
from goodword.connectors.mapping.reading import heard_of
from goodword.connectors.over_http.documents import Look
from goodword.connectors.polled.place import Place
from goodword.connectors.storable import fingerprint, storable_json

_FOUND_AT = "found_at"  # of an item without a time
_PLACE = "place"

_encoder = msgspec.json.Encoder(order="sorted")


def payload_of(found: Look, place: Place) -> object:
    """Raises `Retry`: what can't be read today may be mended tomorrow."""
    try:
        return read_payload(found.content or b"", found.kind)
    except Unreadable as error:
        raise Retry(f"{place.name}: {error}") from error


def pruned_items(payload: object, place: Place) -> Sequence[Item]:
    """As the mapping wants them. Raises `Retry`."""
    try:
        return [prune(each, place.mapping) for each in items_of(payload, place.mapping.items)]
    except Unreadable as error:
        raise Retry(f"{place.name}: {error}") from error


def key_of(item: Item) -> str:
    """Knows an item again: by its number, else by all of it."""
    return fingerprint(_encoder.encode(item.get("id", item)))


def print_of(item: Item) -> str:
    """Another one where an item says something else than before."""
    return fingerprint(_encoder.encode(item))


def raw_of(item: Item, *, host: str, now: datetime) -> Raw:
    """As it is kept."""
    found_at = {} if "at" in item else {_FOUND_AT: now.isoformat()}
    body = _encoder.encode({**item, **found_at, _PLACE: host})
    return Raw(f"item/{key_of(item)}/{fingerprint(body)}", body)


def parse(raw: Raw, settings: Settings) -> Heard:
    """Raises `Malformed`."""
    try:
        item = msgspec.json.decode(storable_json(raw.body)[0], type=dict[str, object])
        found_at = datetime.fromisoformat(str(item[_FOUND_AT])) if _FOUND_AT in item else None
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise Malformed(f"Not an item of a polled address: {error}.") from error
    if found_at is not None and found_at.tzinfo is None:
        raise Malformed("An item needs a time with its zone.")
    mapping = read_mapping(settings).of_pruned()
    return heard_of(item, mapping, place=str(item.get(_PLACE, "")), received_at=found_at)
