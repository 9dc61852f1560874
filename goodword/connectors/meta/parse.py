"""A raw item of Meta to what was said, or to what became of a message of ours. Pure."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence

import msgspec

from goodword.connectors.contract import Author, Direction, Heard, Kind, Malformed, Media, Raw
from goodword.connectors.delivery_reports import DeliveryReport, Reported
from goodword.connectors.meta.items import Arrived, Item, Said, Where
from goodword.connectors.storable import bounded, storable_json

_TYPES = {"image": "image/jpeg", "photo": "image/jpeg", "video": "video/mp4", "audio": "audio/mpeg"}


def parse(raw: Raw) -> Sequence[Heard]:
    """Nothing where it only tells of messages of ours. Raises `Malformed`."""
    item, repaired = _read(raw)
    return () if isinstance(item, Arrived) else (_heard(item, repaired),)


def reports(raw: Raw) -> Sequence[DeliveryReport]:
    """Raises `Malformed`."""
    item, _repaired = _read(raw)
    if isinstance(item, Said):
        return ()
    return tuple(DeliveryReport(native_id(item.where, each), Reported.DELIVERED, item.at) for each in item.ids)


def native_id(where: Where, given: str) -> str:
    """What we know it by."""
    return bounded(f"{where}:{given}")


def _read(raw: Raw) -> tuple[Item, list[str]]:
    body, repaired = storable_json(raw.body)
    try:
        item: Item = msgspec.json.decode(body, type=Item)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"Not an item of Meta: {error}.") from error
    if item.at.tzinfo is None or (isinstance(item, Said) and not item.by and not item.gone):
        raise Malformed("Something that was said needs a time with its zone, and somebody who said it.")
    return item, repaired


def _heard(said: Said, repaired: list[str]) -> Heard:
    is_message = said.where in {Where.MESSAGE, Where.INSTAGRAM_MESSAGE}
    site = "ig" if said.where.is_instagram else "fb"
    extra: dict[str, object] = {"site": "Instagram" if said.where.is_instagram else "Facebook"}
    if said.post:
        extra["post"] = said.post
    if said.hidden:
        extra["hidden"] = True
    if said.edited:
        extra["changed_at"] = said.edited.isoformat()
    if repaired:
        extra["repaired"] = repaired
    author = Author(native_id=bounded(f"{site}/{said.by}"), handle=said.handle, name=said.name)
    customer = said.to if said.ours else said.by
    kind = Kind.CHAT if is_message else Kind.REPLY if said.answers else Kind.POST
    thread = (f"{site}-messages:{customer}" if customer else None) if is_message else native_id(said.where, said.top)
    return Heard(
        native_id=native_id(said.where, said.id),
        # Whoever took it away: the Page may, too, and of some authors Meta told us no name when it was said.
        author=author if said.by and not said.gone else Author(native_id=""),
        at=said.at,
        text="" if said.gone else said.text,
        direction=Direction.OUT if said.ours else Direction.IN,
        kind=kind,
        private=is_message,
        parent=native_id(said.where, said.answers) if said.answers else None,
        thread=bounded(thread) if thread and (is_message or said.top) else None,
        url=said.link or None,
        media=() if said.gone else tuple(_media(*each) for each in said.files if each[1]),
        deleted=said.gone,
        idempotency_key=said.key[:255] or None if said.ours else None,
        extra=extra,
    )


def _media(kind: str, address: str) -> Media:
    declared = _TYPES.get(kind, "application/octet-stream")
    return Media(kind[:20] + (mimetypes.guess_extension(declared) or ""), declared, url=address)
