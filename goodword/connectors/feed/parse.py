"""A raw item of a feed to what was said. Pure."""

from __future__ import annotations

import mimetypes
from urllib.parse import urlsplit

import msgspec

from goodword.connectors.contract import MAX_ADDRESS, MAX_LANGUAGE, Author, Heard, Kind, Malformed, Media, Raw
from goodword.connectors.feed.entries import MOST_FILES, Entry, File, read_raw
from goodword.connectors.mime.html_text import read_html
from goodword.connectors.storable import bounded, storable_json


def parse(raw: Raw) -> Heard:
    """Raises `Malformed`."""
    body, repaired = storable_json(raw.body)
    try:
        entry = read_raw(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"Not an entry of a feed: {error}.") from error
    at = entry.published or entry.found_at
    if not entry.id or at is None or at.tzinfo is None:
        raise Malformed("An entry needs an id, and a time with its zone.")
    if entry.gone:
        return Heard(bounded(entry.id), Author(native_id=""), at, text="", deleted=True)
    text = read_html(entry.content).text
    return Heard(
        native_id=bounded(entry.id),
        author=_author(entry),
        at=at,
        text=text or entry.title,
        title=entry.title if text else "",
        kind=_kind(entry),
        parent=bounded(entry.answers) if entry.answers else None,
        lang=entry.lang if 0 < len(entry.lang) <= MAX_LANGUAGE else None,
        url=entry.link or None,
        rating=entry.rating,
        media=tuple(_media(each) for each in entry.files[:MOST_FILES] if each.address),
        html=entry.content if text else "",
        extra={"repaired": repaired} if repaired else {},
    )


def _kind(entry: Entry) -> Kind:
    if entry.rating is not None:
        return Kind.REVIEW
    return Kind.REPLY if entry.answers else Kind.POST


def _author(entry: Entry) -> Author:
    """By a profile's address, else by a name, which means somebody at this feed's host only.

    Where nobody is named, each entry is somebody of their own: two unnamed reviewers are seldom one.
    """
    person = entry.author
    if person.address:
        return Author(bounded(person.address), handle=person.name[:MAX_ADDRESS], name=person.name)
    if person.name:
        return Author(bounded(f"{person.name}@{entry.place}"), handle=person.name[:MAX_ADDRESS], name=person.name)
    return Author(bounded(f"unnamed:{entry.id}"))


def _media(file: File) -> Media:
    try:
        name = urlsplit(file.address).path.rpartition("/")[2]
    except ValueError:
        name = ""
    kind = file.kind or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Media(filename=name[:255] or "file", declared_type=kind[:100], url=file.address, alt=file.title)
