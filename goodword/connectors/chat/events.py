"""A chat event, as the widget's door stores it, to what was said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from goodword.connectors.contract import Author, Heard, Kind, Malformed, Media, Raw
from goodword.connectors.storable import Language, Short, bounded, storable_json


class Proven(msgspec.Struct):
    """What a token has proved of the visitor. Set by the door, never taken from the visitor."""

    sub: str
    name: str = ""
    email: Short = ""


class File(msgspec.Struct):
    """A file that the visitor attached, where the door keeps it."""

    name: str
    type: str
    url: str


class Event(msgspec.Struct):
    """One message. `visitor` names the browser's conversation; `name` and `email` are what the visitor typed."""

    event: Literal["message"]
    id: str
    visitor: str
    at: datetime
    text: str
    name: str = ""
    email: Short = ""
    identity: Proven | None = None
    conversation: str = ""
    lang: Language | None = None
    page: str = ""
    files: list[File] = []


_decoder = msgspec.json.Decoder(Event)


def parse(raw: Raw) -> Heard:
    """Pure. Raises `Malformed` with the field that is wrong."""
    body, repaired = storable_json(raw.body)
    try:
        event = _decoder.decode(body)
        at = event.at.astimezone(UTC) if event.at.tzinfo else None
    except (msgspec.DecodeError, RecursionError, OverflowError) as error:
        raise Malformed(f"Not a chat message: {error}.") from error
    if at is None:
        raise Malformed("at has no time zone.")
    if not event.id or not event.visitor:
        raise Malformed("A chat message needs an id and a visitor.")
    extra: dict[str, Any] = {"page": event.page} if event.page else {}
    if repaired:
        extra["repaired"] = repaired
    return Heard(
        native_id=bounded(event.id),
        author=_author(event),
        at=at,
        text=event.text,
        kind=Kind.CHAT,
        private=True,
        thread=bounded(event.conversation or event.visitor),
        lang=event.lang,
        media=tuple(Media(filename=file.name, declared_type=file.type, url=file.url) for file in event.files),
        extra=extra,
    )


def _author(event: Event) -> Author:
    proven = event.identity
    if proven is None or not proven.sub:
        return Author(native_id=bounded(f"visitor:{event.visitor}"), name=event.name, email=event.email)
    return Author(
        native_id=bounded(f"user:{proven.sub}"),
        name=proven.name or event.name,
        verified=True,
        email=proven.email or event.email,
    )
