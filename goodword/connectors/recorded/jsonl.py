"""JSON Lines: one message a line, in the fields that `goodword export` writes (see README.md)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import IO, Any

import msgspec
import orjson

from goodword.connectors.contract import Author, Direction, Heard, Kind, Malformed, Media, Raw
from goodword.connectors.recorded.reading import Read, Rejected, Unreadable
from goodword.connectors.storable import (
    Followers,
    Language,
    Short,
    Stars,
    bounded,
    fingerprint,
    storable_json,
    storable_text,
)

CONTENT_TYPE = "application/json; format=goodword"
MAX_LINE = 16 << 20  # bytes
_LOOKED_AT = 20  # lines; when none of them is an object, this is no JSON Lines file

Id = str | int


class AuthorLine(msgspec.Struct, gc=False):
    """`author`, where it is more than an id."""

    id: Id
    handle: Short = ""
    name: str = ""
    followers: Followers | None = None
    verified: bool = False
    email: Short = ""
    avatar_url: str = ""


class MediaLine(msgspec.Struct, gc=False):
    """An attachment by its address; a file of lines carries no bytes."""

    url: str
    filename: str = ""
    type: str = "application/octet-stream"
    alt: str = ""


class Line(msgspec.Struct, gc=False):
    """One message."""

    author: Id | AuthorLine
    at: datetime
    text: str
    id: Id | None = None
    external_id: Id | None = None
    direction: Direction = Direction.IN
    kind: Kind = Kind.POST
    private: bool = False
    title: str | None = ""
    parent: Id | None = None
    references: list[Id] = []
    thread: Id | None = None
    thread_scope: Short = ""
    addressed: list[Short] = []
    lang: Language | None = None
    url: str | None = None
    rating: Stars | None = None
    media: list[MediaLine] = []
    html: str = ""
    deleted: bool = False
    automatic: bool = False
    extra: dict[str, Any] = {}


_decoder = msgspec.json.Decoder(Line)


def read(file: IO[bytes]) -> Read:
    """Check at once that this is a file of JSON objects, then give one `Raw` a line."""
    lines = _lines(file)
    beginning = list(itertools.islice(lines, _LOOKED_AT))
    if beginning and not any(line.lstrip().startswith(b"{") for _, line in beginning):
        raise Unreadable('This is not a JSON Lines file: each line must be one JSON object, e.g. {"id": "1", …}.')
    return _records(itertools.chain(beginning, lines))


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    for number in itertools.count(1):
        line = file.readline(MAX_LINE)
        if not line:
            return
        if not line.isspace():
            yield number, line.rstrip(b"\r\n")


def _records(lines: Iterator[tuple[int, bytes]]) -> Read:
    for number, line in lines:
        if len(line) == MAX_LINE:
            start = line[:1000]
            raw = Raw(f"line-{fingerprint(start)}", start, CONTENT_TYPE)
            yield Rejected(raw, number, f"The line is longer than {MAX_LINE >> 20} MB.")
        else:
            yield Raw(f"{_own_id(line)}-{fingerprint(line)}", line, CONTENT_TYPE)


def _own_id(line: bytes) -> str:
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError:
        return "line"
    found = (fields.get("external_id") or fields.get("id")) if isinstance(fields, dict) else None
    return storable_text(str(found))[:40] if found else "line"


def parse(raw: Raw) -> tuple[Heard]:
    """One line to what was said. Raises `Malformed` with the field that is wrong."""
    body, repaired = storable_json(raw.body)
    try:
        line = _decoder.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"Not a message: {error}.") from error
    return (_heard(line, repaired),)


def _heard(line: Line, repaired: Sequence[str]) -> Heard:
    native_id = line.external_id if line.external_id not in (None, "") else line.id
    if native_id in (None, ""):
        raise Malformed("Neither id nor external_id is given.")
    author = line.author if isinstance(line.author, AuthorLine) else AuthorLine(id=line.author)
    if author.id == "":
        raise Malformed("The author's id is empty.")
    return Heard(
        native_id=bounded(str(native_id)),
        author=Author(
            native_id=bounded(str(author.id)),
            handle=author.handle,
            name=author.name,
            followers=author.followers,
            verified=False,  # a file vouches for nobody
            email=author.email,
            avatar_url=author.avatar_url,
        ),
        at=_in_utc(line.at),
        text="" if line.deleted else line.text,
        direction=line.direction,
        kind=line.kind,
        private=line.private,
        title=line.title or "",
        parent=_id(line.parent),
        references=tuple(bounded(str(reference)) for reference in line.references),
        thread=_id(line.thread),
        thread_scope=line.thread_scope,
        addressed=tuple(line.addressed),
        lang=line.lang,
        url=line.url,
        rating=line.rating,
        media=tuple(Media(filename=m.filename, declared_type=m.type, url=m.url, alt=m.alt) for m in line.media),
        html=line.html,
        deleted=line.deleted,
        automatic=line.automatic,
        extra=line.extra | {"repaired": list(repaired)} if repaired else line.extra,
    )


def _id(given: Id | None) -> str | None:
    return None if given in (None, "") else bounded(str(given))


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise Malformed("at has no time zone: write e.g. 2026-05-12T10:41:00Z or …+02:00.")
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise Malformed("at is out of range.") from error
