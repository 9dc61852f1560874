"""The network's own format: one JSON object an event. Written here for listeners, and parsed here again."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from goodword.connectors.contract import Author, Direction, Heard, Kind, Malformed, Media, Raw
from goodword.connectors.delivery_reports import DeliveryReport, Reported
from goodword.connectors.simulator import script
from goodword.connectors.simulator.journal import Entry
from goodword.connectors.simulator.script import Flavour, Person, Story
from goodword.connectors.storable import Followers, Language, Short, Stars, bounded, storable_json

BRAND = Author(native_id="harbour", handle="harbour", name="Harbour", verified=True)
_NETWORK_NAMES: dict[Flavour, str] = {"post": "Ripple", "message": "Ripple", "review": "ShopVoices", "mail": "E-mail"}
_FIRST_KIND: dict[Flavour, Kind] = {
    "post": Kind.POST,
    "review": Kind.REVIEW,
    "message": Kind.CHAT,
    "mail": Kind.MAIL,
}
PICTURE_TEXTS = {
    "coast": "A path along a rocky coast at sunrise",
    "headlamp": "A headlamp with a scorched strap",
    "jacket": "A jacket sleeve with an open seam",
    "rash": "A forearm with red patches",
    "rucksack": "A rucksack",
    "shoe": "A trail running shoe",
}


class EventAuthor(msgspec.Struct, omit_defaults=True):
    """Who wrote it."""

    id: str
    handle: Short = ""
    name: str = ""
    followers: Followers | None = None
    email: Short = ""


class Picture(msgspec.Struct):
    """An attached picture, in base64."""

    name: str
    type: str
    data: str
    alt: str = ""


class Event(msgspec.Struct, omit_defaults=True):
    """What the network delivers."""

    id: str
    event: Literal["said", "edited", "deleted", "delivered", "read"]
    at: datetime
    channel: Flavour
    author: EventAuthor
    text: str = ""
    subject: str = ""
    thread: str | None = None
    scope: Short = ""
    parent: str | None = None
    private: bool = False
    rating: Stars | None = None
    lang: Language | None = None
    changed_at: datetime | None = None
    key: str | None = None
    pictures: list[Picture] = []


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Event)


def to_raw(entry: Entry, story: Story) -> Raw:
    """An entry of the journal as the network delivers it."""
    person = script.load().person(story.by)
    is_brand = entry.by == "brand"
    if entry.event in {"delivered", "read"}:
        return _report(entry, story)
    is_change = entry.event in {"edited", "deleted"}
    is_first = entry.step == "beat-0" or is_change
    event = Event(
        id=(entry.about or "") if is_change else entry.id,
        event="said" if entry.event == "sent" else entry.event,  # type: ignore[arg-type]
        at=entry.first_said or entry.at,
        channel=story.channel,
        author=EventAuthor(id=BRAND.native_id) if is_brand else _author(person, story.channel),
        text=entry.text,
        subject=_subject(story, is_first=is_first),
        thread=None if story.channel == "mail" else story.id,
        scope=person.email if story.channel == "mail" else "",
        parent=entry.parent,
        private=entry.private,
        rating=story.rating if is_first else None,
        lang=None if is_brand else person.lang,
        changed_at=entry.at if is_change else None,
        key=entry.key or None,
        pictures=[_picture(entry.picture)] if entry.picture else [],
    )
    return Raw(str(entry.n), _encoder.encode(event))


def _report(entry: Entry, story: Story) -> Raw:
    """What became of the brand's own post, under that post's id."""
    event = Event(
        id=entry.about or "",
        event="read" if entry.event == "read" else "delivered",
        at=entry.at,
        channel=story.channel,
        author=EventAuthor(id=BRAND.native_id),
        key=entry.key_of_about or None,
    )
    return Raw(str(entry.n), _encoder.encode(event))


def _author(person: Person, channel: Flavour) -> EventAuthor:
    if channel == "mail":
        return EventAuthor(id=person.email, name=person.name, email=person.email)
    if channel == "review":
        return EventAuthor(id=f"shopvoices:{person.handle}", name=person.name)
    return EventAuthor(id=f"ripple:{person.handle}", handle=person.handle, name=person.name, followers=person.followers)


def _subject(story: Story, *, is_first: bool) -> str:
    if is_first or story.channel != "mail":
        return story.subject if is_first else ""
    return story.subject if story.subject.startswith("Re: ") else f"Re: {story.subject}"


@cache
def _picture(name: str) -> Picture:
    content = (files(__package__) / "pictures" / f"{name}.png").read_bytes()
    data = base64.b64encode(content).decode()
    return Picture(name=f"{name}.png", type="image/png", data=data, alt=PICTURE_TEXTS[name])


def parse(raw: Raw) -> Sequence[Heard]:
    """An event to what was said; nothing, if it reports of a post. Raises `Malformed`."""
    event, media, repaired = _read(raw)
    return () if event.event in {"delivered", "read"} else (_heard(event, media, repaired),)


def reports(raw: Raw) -> Sequence[DeliveryReport]:
    """An event to what became of a post of the brand. Raises `Malformed`."""
    event, _media, _repaired = _read(raw)
    if event.event not in {"delivered", "read"} or event.author.id != BRAND.native_id:
        return ()
    return (DeliveryReport(bounded(event.id), Reported(event.event), event.at, idempotency_key=event.key),)


def _read(raw: Raw) -> tuple[Event, tuple[Media, ...], list[str]]:
    body, repaired = storable_json(raw.body)
    try:
        event = _decoder.decode(body)
        media = tuple(
            Media(filename=p.name, declared_type=p.type, content=base64.b64decode(p.data, validate=True), alt=p.alt)
            for p in event.pictures
        )
    except (msgspec.DecodeError, binascii.Error, RecursionError) as error:
        raise Malformed(f"Not an event of the demo network: {error}.") from error
    if event.at.tzinfo is None or not event.id or not event.author.id:
        raise Malformed("An event needs an id, an author's id, and a time with its zone.")
    return event, media, repaired


def _heard(event: Event, media: tuple[Media, ...], repaired: list[str]) -> Heard:
    is_brand = event.author.id == BRAND.native_id
    extra: dict[str, object] = {"network": _NETWORK_NAMES[event.channel]}
    if event.changed_at:
        extra["changed_at"] = event.changed_at.isoformat()
    if repaired:
        extra["repaired"] = repaired
    return Heard(
        native_id=bounded(event.id),
        author=BRAND if is_brand else _who(event.author),
        at=event.at,
        text="" if event.event == "deleted" else event.text,
        direction=Direction.OUT if is_brand else Direction.IN,
        kind=_kind(event),
        private=event.private or event.channel in {"message", "mail"},
        title=event.subject,
        parent=_id(event.parent),
        thread=_id(event.thread),
        thread_scope=event.scope,
        addressed=() if is_brand else (BRAND.handle,),
        lang=event.lang,
        url=f"https://ripple.example/{event.author.handle}/{event.id}" if event.channel == "post" else None,
        rating=event.rating,
        media=media,
        deleted=event.event == "deleted",
        idempotency_key=event.key if is_brand else None,
        extra=extra,
    )


def _id(given: str | None) -> str | None:
    return bounded(given) if given else None


def _who(author: EventAuthor) -> Author:
    return Author(
        native_id=bounded(author.id),
        handle=author.handle,
        name=author.name,
        followers=author.followers,
        email=author.email,
    )


def _kind(event: Event) -> Kind:
    if event.channel in {"post", "review"} and event.parent is not None:
        return Kind.REPLY
    return _FIRST_KIND[event.channel]
