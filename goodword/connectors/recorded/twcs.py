"""The columns of "Customer Support on Twitter" (a CSV published on Kaggle in 2017; both sides of conversations)."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import IO

from goodword.connectors.contract import Author, Direction, Heard, Kind, Malformed, Raw
from goodword.connectors.recorded.reading import Read, Rejected, Unreadable
from goodword.connectors.storable import bounded, fingerprint, storable_text

CONTENT_TYPE = "text/csv; format=twcs"
COLUMNS = (
    "tweet_id",
    "author_id",
    "inbound",
    "created_at",
    "text",
    "response_tweet_id",
    "in_response_to_tweet_id",
)
MAX_RECORD = 1 << 20  # bytes; a quote that stays open longer than this was never meant as one

_DIRECTIONS = {"true": Direction.IN, "false": Direction.OUT}
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_MONTH_NAMES, start=1)}
_MENTION = re.compile(r"@(\w{1,30})")


def read(file: IO[bytes]) -> Read:
    """Check the header at once, then give one `Raw` a record: its bytes as they stand in the file."""
    try:
        first = next(csv.reader([file.readline(4096).decode("utf-8", "replace")]), [])
    except csv.Error as error:  # bytes of something else, or lines that end as on an old Mac, with a carriage return
        raise Unreadable(f"{_header_problem(())} It is no CSV file, or its lines don't end with a newline.") from error
    header = tuple(name.strip() for name in first)
    if header != COLUMNS:
        raise Unreadable(_header_problem(header))
    return _records(file)


def _header_problem(header: Sequence[str]) -> str:
    missing = [name for name in COLUMNS if name not in header]
    unexpected = [name for name in header if name not in COLUMNS]
    problem = f"The first line must be {','.join(COLUMNS)}."
    if len(header) <= 1:
        return f"{problem} This file doesn't begin with a header of columns separated by commas."
    if missing:
        problem += f" Missing: {', '.join(missing)}."
    if unexpected:
        problem += f" Not expected: {', '.join(repr(name[:40]) for name in unexpected[:5])}."
    if not missing and not unexpected:
        problem += " The columns stand in another order."
    return problem


def _records(file: IO[bytes]) -> Read:
    """Join lines until their quotes are balanced.

    A stray quote would swallow the rows after it; so a record of several lines that doesn't parse costs its first
    line only, and the others are looked at again.
    """
    again: deque[tuple[int, bytes]] = deque()
    lines = enumerate(file, start=2)
    for number, line in _with_returned(lines, again):
        if line.count(b'"') % 2 == 0:
            if not line.isspace():
                yield _raw(line)
            continue
        rest = _until_closed(line, _with_returned(lines, again))
        record = line + b"".join(more for _, more in rest)
        if _is_row(record):
            yield _raw(record)
        else:
            yield Rejected(_raw(line), number, "A quotation mark is opened and not closed.")
            again.extendleft(reversed(rest))


def _with_returned(lines: Iterator[tuple[int, bytes]], again: deque[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    while True:
        if again:
            yield again.popleft()
        elif (numbered := next(lines, None)) is not None:
            yield numbered
        else:
            return


def _until_closed(first: bytes, lines: Iterator[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    taken: list[tuple[int, bytes]] = []
    size = len(first)
    for number, line in lines:
        taken.append((number, line))
        size += len(line)
        if line.count(b'"') % 2 or size > MAX_RECORD:
            break
    return taken


def _raw(record: bytes) -> Raw:
    body = record.rstrip(b"\r\n")
    own_id = body[:40].split(b",", 1)[0].strip(b'"').decode("ascii", "replace")
    return Raw(f"{storable_text(own_id)}-{fingerprint(body)}", body, CONTENT_TYPE)


def _is_row(record: bytes) -> bool:
    try:
        return len(_fields(record.rstrip(b"\r\n").decode("utf-8", "replace"))) == len(COLUMNS)
    except Malformed:
        return False


def _fields(record: str) -> list[str]:
    if '"' not in record:
        return record.split(",")
    try:
        return next(csv.reader([record], strict=True))
    except csv.Error as error:
        raise Malformed(f"Not a row of comma-separated values: {error}.") from error


def parse(raw: Raw) -> tuple[Heard]:
    """One record to what was said. Raises `Malformed` with the column that is wrong."""
    record, repaired = _decoded(raw.body)
    fields = _fields(record)
    if len(fields) != len(COLUMNS):
        raise Malformed(f"{len(fields)} columns where {len(COLUMNS)} were expected.")
    if "\x00" in record:
        fields = [storable_text(value) for value in fields]
        repaired.append("U+0000 replaced by U+FFFD")
    tweet_id, author_id, inbound, created_at, text, _responses, parent = fields
    direction = _DIRECTIONS.get(inbound.lower())
    if direction is None:
        raise Malformed(f"inbound is {inbound[:20]!r}; it must be True or False.")
    if not tweet_id or not author_id:
        raise Malformed("tweet_id is empty." if author_id else "author_id is empty.")
    return (
        Heard(
            native_id=bounded(tweet_id),
            author=_author(author_id),
            at=_time(created_at),
            text=text,
            direction=direction,
            kind=Kind.REPLY if parent else Kind.POST,
            parent=bounded(parent.removesuffix(".0")) if parent else None,
            addressed=tuple(_MENTION.findall(text)) if "@" in text else (),
            extra={"repaired": repaired} if repaired else {},
        ),
    )


@lru_cache(maxsize=10_000)
def _author(author_id: str) -> Author:
    known = bounded(author_id)
    return Author(native_id=known, handle=known)


def _decoded(body: bytes) -> tuple[str, list[str]]:
    try:
        return body.decode(), []
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace"), ["invalid UTF-8 replaced by U+FFFD"]


def _time(written: str) -> datetime:
    """A time such as `Tue Oct 31 22:10:47 +0000 2017`; rearranged, because `strptime` takes ten times as long."""
    try:
        if written[20:25] != "+0000" or len(written) != 30:
            return datetime.strptime(written, "%a %b %d %H:%M:%S %z %Y").astimezone(UTC)
        return datetime.fromisoformat(f"{written[26:]}-{_MONTHS[written[4:7]]}-{written[8:10]}T{written[11:19]}+00:00")
    except (ValueError, KeyError, OverflowError) as error:
        raise Malformed(f"created_at is {written[:40]!r}; expected e.g. Tue Oct 31 22:10:47 +0000 2017.") from error
