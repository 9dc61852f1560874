"""A payload to what was said, or to what became of an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from goodword.connectors.contract import Heard, Malformed, Raw, Refused, Settings
from goodword.connectors.delivery_reports import LONGEST_REASON, DeliveryReport, Reported
from goodword.connectors.mapping.fields import read_mapping
from goodword.connectors.mapping.payload import Unreadable, items_of, read_payload
from goodword.connectors.mapping.reading import heard_of
from goodword.connectors.storable import bounded, storable_text

_TOLD = "reply."  # begins the type of what tells of an answer
_RECEIVED = "; received="
_KINDS = ("application/json", "text/csv", "application/x-www-form-urlencoded")


class _Told(msgspec.Struct):
    id: str
    reason: str = ""
    key: str | None = None


class _Event(msgspec.Struct):
    type: str
    data: _Told
    timestamp: datetime | None = None


def kind_of(content_type: str, at: datetime) -> str:
    """The content type of a raw item. When it came stands in it, for items that bear no time."""
    kind = content_type.partition(";")[0].strip().lower()
    return f"{kind if kind in _KINDS else _KINDS[0]}{_RECEIVED}{int(at.timestamp())}"


def payload_of(raw: Raw) -> object:
    """Raises `Malformed`."""
    try:
        return read_payload(raw.body, raw.content_type)
    except Unreadable as error:
        raise Malformed(str(error)) from error


def parse(raw: Raw, settings: Settings) -> Sequence[Heard]:
    """Nothing for what tells of an answer. One item that isn't understood holds up its payload: none is lost silently.

    Raises `Malformed`.
    """
    payload = payload_of(raw)
    if _is_told(payload):
        return ()
    try:
        mapping = read_mapping(settings)
        items = items_of(payload, mapping.items)
    except (Refused, Unreadable) as error:
        raise Malformed(str(error)) from error
    place, received_at = str(settings.get("place") or ""), received_at_of(raw)
    return tuple(heard_of(each, mapping, place=place, received_at=received_at) for each in items)


def reports(raw: Raw) -> Sequence[DeliveryReport]:
    """What became of an answer: reply.delivered, reply.read or reply.failed. Raises `Malformed`."""
    payload = payload_of(raw)
    if not _is_told(payload):
        return ()
    try:
        event = msgspec.convert(payload, _Event)
        state = Reported(event.type.removeprefix(_TOLD))
    except (msgspec.ValidationError, ValueError) as error:
        raise Malformed(f"Not a word on an answer: {error}.") from error
    at = event.timestamp or received_at_of(raw)
    if at is None or at.tzinfo is None or not event.data.id:
        raise Malformed("A word on an answer needs its id, and a time with its zone.")
    reason = storable_text(event.data.reason)[:LONGEST_REASON]
    key = storable_text(event.data.key)[:255] if event.data.key else None
    return (DeliveryReport(bounded(storable_text(event.data.id)), state, at, reason, key),)


def received_at_of(raw: Raw) -> datetime | None:
    """When it came in."""
    seconds = raw.content_type.partition(_RECEIVED)[2]
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def _is_told(payload: object) -> bool:
    return isinstance(payload, dict) and str(payload.get("type", "")).startswith(_TOLD)
