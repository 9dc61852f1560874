"""A raw item of Twilio to what was said, or to what became of an SMS of ours. Pure."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from datetime import datetime

import msgspec

from goodword.connectors.contract import Author, Heard, Kind, Malformed, Media, Raw
from goodword.connectors.delivery_reports import DeliveryReport, Reported
from goodword.connectors.storable import storable_json
from goodword.connectors.twilio.items import Call, File, Item, Message, Status, Transcript, Voicemail

# https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
_STATES = {
    "delivered": Reported.DELIVERED,
    "read": Reported.READ,
    "undelivered": Reported.FAILED,
    "failed": Reported.FAILED,
}


def parse(raw: Raw) -> Sequence[Heard]:
    """Nothing where it only tells of an SMS of ours. Raises `Malformed`."""
    item, extra = _read(raw)
    if isinstance(item, Status):
        return ()
    if isinstance(item, Message | Voicemail | Call) and len(item.country) == 2 and item.country.isalpha():
        extra["country"] = item.country.upper()
    return (_heard(item, extra),)


def reports(raw: Raw) -> Sequence[DeliveryReport]:
    """Raises `Malformed`."""
    item, _extra = _read(raw)
    if not isinstance(item, Status) or item.status not in _STATES:
        return ()
    state = _STATES[item.status]
    reason = ""
    if state is Reported.FAILED:
        code = f" (error {item.error[:20]}, see twilio.com/docs/api/errors)" if item.error else ""
        reason = f"The phone network did not deliver it{code}."
    return (DeliveryReport(item.sid, state, item.at, reason, item.key[:255] or None),)


def _read(raw: Raw) -> tuple[Item, dict[str, object]]:
    body, repaired = storable_json(raw.body)
    try:
        item: Item = msgspec.json.decode(body, type=Item)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"Not an item of Twilio: {error}.") from error
    if item.at.tzinfo is None or (not isinstance(item, Status) and not item.caller):
        raise Malformed("A message needs a time with its zone, and a number that it comes from.")
    return item, {"repaired": repaired} if repaired else {}


def _heard(item: Message | Voicemail | Transcript | Call, extra: dict[str, object]) -> Heard:
    text, title, parent, automatic = "", "", None, False
    media: tuple[Media, ...] = ()
    match item:
        case Message():
            text, media = item.text, tuple(_media(file, "picture") for file in item.files)
            if item.opted_out:
                extra["opted_out"] = automatic = True
        case Voicemail():
            title, media = f"Voicemail of {item.seconds} s", (_media(item.recording, "voicemail"),)
            extra["call"] = item.call
        case Transcript():
            text, parent = item.text, item.voicemail
            extra["transcript_url"] = item.url
        case Call():
            title = text = f"Call of {item.seconds} s without a message"
            extra["call_status"] = item.status
    return _said(item, text=text, title=title, parent=parent, media=media, automatic=automatic, extra=extra)


def _said(
    item: Message | Voicemail | Transcript | Call,
    *,
    text: str,
    title: str,
    parent: str | None,
    media: tuple[Media, ...],
    automatic: bool,
    extra: dict[str, object],
) -> Heard:
    at: datetime = item.at
    return Heard(
        native_id=item.sid,
        author=Author(native_id=item.caller, handle=item.caller),
        at=at,
        text=text,
        kind=Kind.REPLY if parent else Kind.CHAT,
        private=True,
        title=title,
        parent=parent,
        thread=item.caller,  # SMS and calls of one person are one conversation
        media=media,
        automatic=automatic,
        extra=extra,
    )


def _media(file: File, name: str) -> Media:
    kind = file.kind or "application/octet-stream"
    return Media(name + (mimetypes.guess_extension(kind) or ""), kind[:100], url=file.url)
