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
    email: Short = ""


class MediaLine(msgspec.Struct, gc=False):
    """An attachment by its address; a file of lines carries no bytes."""

    url: str
    filename: str = ""
    type: str = "application/octet-stream"
    alt: str = ""


class Line(msgspec.Struct, gc=False):
    """One message. A field that is null is one that isn't given."""

    author: Id | AuthorLine
    at: datetime
    text: str
    id: Id | None = None
    external_id: Id | None = None
    author_handle: Short | None = None
    author_name: str | None = None
    direction: Direction | None = None
    kind: Kind | None = None
    private: bool | None = None
    title: str | None = None
    parent: Id | None = None
    references: list[Id] | None = None
    thread: Id | None = None
    thread_scope: Short | None = None
    addressed: list[Short] | None = None
    lang: Language | None = None
    url: str | None = None
    rating: Stars | None = None
    media: list[MediaLine] | None = None
    html: str | None = None
    deleted: bool | None = None
    deleted_at: datetime | None = None
    automatic: bool | None = None
    extra: dict[str, Any] | None = None


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
        if len(line) == MAX_LINE:
            _pass_over_rest(line, file)
        if not line.isspace():
            yield number, line.rstrip(b"\r\n")


def _pass_over_rest(line: bytes, file: IO[bytes]) -> None:
    """Read on to the end of a line of which only the beginning was read: its tail is no line of its own."""
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_LINE)


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
    native_id = _id(line.external_id) or _id(line.id)
    if native_id is None:
        raise Malformed("Neither id nor external_id is given.")
    is_deleted = bool(line.deleted or line.deleted_at)
    extra = line.extra or {}
    return Heard(
        native_id=native_id,
        author=_author(line),
        at=_in_utc(line.at),
        text="" if is_deleted else line.text,
        direction=line.direction or Direction.IN,
        kind=line.kind or Kind.POST,
        private=line.private or False,
        title=line.title or "",
        parent=_id(line.parent),
        references=tuple(each for each in map(_id, line.references or ()) if each),
        thread=_id(line.thread),
        thread_scope=line.thread_scope or "",
        addressed=tuple(line.addressed or ()),
        lang=line.lang,
        url=line.url,
        rating=line.rating,
        media=tuple(
            Media(filename=each.filename, declared_type=each.type, url=each.url, alt=each.alt)
            for each in line.media or ()
        ),
        html=line.html or "",
        deleted=is_deleted,
        automatic=line.automatic or False,
        extra=extra | {"repaired": list(repaired)} if repaired else extra,
    )


def _author(line: Line) -> Author:
    """Who spoke. Never `verified`: a file vouches for nobody."""
    author = line.author if isinstance(line.author, AuthorLine) else AuthorLine(id=line.author)
    native_id = _id(author.id)
    if native_id is None:
        raise Malformed("The author's id is empty.")
    return Author(
        native_id=native_id,
        handle=author.handle or line.author_handle or "",
        name=author.name or line.author_name or "",
        followers=author.followers,
        email=author.email,
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
