"""`goodword match`: which saved searches match which posts, as JSON Lines in and out."""

from __future__ import annotations

import gc
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

import click
import msgspec

from goodword.language.searches import Post, Search, SearchError, SearchIndex, parse

CHUNK_BYTES = 1 << 18
BATCH = 2048
SAMPLE = 2000


class SavedSearch(msgspec.Struct):
    """A line of the searches."""

    id: str | int
    query: str


class IdentifiedPost(Post, kw_only=True, gc=False):
    """A line of the posts: a post whose id must be there."""

    id: str | int


class Matches(msgspec.Struct, gc=False):
    """A line of the result."""

    id: str | int
    matches: list[str | int]


class BadSearch(msgspec.Struct, omit_defaults=True):
    """What is said of a search that cannot be used."""

    id: str | int | None
    position: int
    reason: str
    line: int
    suggestions: tuple[str, ...] = ()


class Warned(msgspec.Struct):
    """What is said of a search that is used, and may not mean what its writer thinks."""

    id: str | int
    position: int
    warning: str
    line: int


class BadPost(msgspec.Struct):
    """What is said of a line that is no post."""

    line: int
    reason: str


_read_search = msgspec.json.Decoder(SavedSearch)
_read_post = msgspec.json.Decoder(IdentifiedPost)
_write = msgspec.json.Encoder()


@click.command()
@click.option("--searches", "searches_file", required=True, type=click.File("rb"), help='Lines of {"id", "query"}.')
@click.option("--skip-bad", is_flag=True, help="Report searches that cannot be used, and go on with the others.")
@click.argument("posts_file", metavar="[POSTS]", default="-", type=click.File("rb"))
def command(searches_file: BinaryIO, posts_file: BinaryIO, skip_bad: bool) -> None:
    """Write for each post of POSTS (or of standard input) the ids of the searches that match it, in order."""
    searches = list(_read_searches(searches_file, skip_bad=skip_bad))
    write = sys.stdout.buffer.write
    index: SearchIndex | None = None
    for posts in _read_posts(posts_file):
        if index is None:
            index = SearchIndex(searches, sample=[post.text for post in posts[:SAMPLE]])
            gc.freeze()  # the searches stay for good: the collector need not walk them again and again
        for start in range(0, len(posts), BATCH):
            batch = posts[start : start + BATCH]
            rows = index.match(batch)
            write(_write.encode_lines([Matches(post.id, row) for post, row in zip(batch, rows, strict=True)]))
        sys.stdout.buffer.flush()


def _read_searches(file: BinaryIO, *, skip_bad: bool) -> Iterator[tuple[str | int, Search]]:
    """The searches of a file. At a bad one says so and exits with 2, or goes on."""
    known: set[str | int] = set()
    for number, written in enumerate(file, 1):
        line = written.removeprefix(BOM_UTF8)
        if not line.strip():
            continue
        read = _read_one(line, number, known)
        if isinstance(read, BadSearch):
            _report(read)
            if not skip_bad:
                sys.exit(2)
        else:
            identifier, search = read
            known.add(identifier)
            for caution in search.warnings:
                _report(Warned(identifier, caution.position, caution.message, number))
            yield read


def _read_one(line: bytes, number: int, known: set[str | int]) -> tuple[str | int, Search] | BadSearch:
    try:
        saved = _read_search.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return BadSearch(_id_of(line), 0, str(error), number)
    if saved.id in known:
        return BadSearch(saved.id, 0, "Another search before it has this id: give each its own.", number)
    try:
        return saved.id, parse(saved.query)
    except SearchError as error:
        return BadSearch(saved.id, error.position, error.reason, number, error.suggestions)


def _id_of(line: bytes) -> str | int | None:
    """The id of a line that is otherwise unusable, if it can be read."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    identifier = found.get("id") if isinstance(found, dict) else None
    return identifier if isinstance(identifier, str | int) else None


def _read_posts(file: BinaryIO) -> Iterator[list[IdentifiedPost]]:
    """The posts of a file, as many at a time as have come; bad lines are reported and left out."""
    read = getattr(file, "read1", file.read)
    number = 1
    rest: list[bytes] = []
    while chunk := read(CHUNK_BYTES):
        lines, newline, tail = chunk.rpartition(b"\n")
        if not newline:
            rest.append(tail)
            continue
        whole = b"".join([*rest, lines])
        rest = [tail]
        yield _decode(whole, number)
        number += whole.count(b"\n") + 1
    whole = b"".join(rest)
    if whole:
        yield _decode(whole, number)


def _decode(lines: bytes, first: int) -> list[IdentifiedPost]:
    """The posts of some lines, the first of which has the number `first`."""
    lines = lines.removeprefix(BOM_UTF8) if first == 1 else lines
    try:
        return _read_post.decode_lines(lines)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return list(_decode_one_by_one(lines, first))


def _decode_one_by_one(lines: bytes, first: int) -> Iterator[IdentifiedPost]:
    for number, line in enumerate(lines.split(b"\n"), first):
        if not line.strip():
            continue
        try:
            yield _read_post.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            _report(BadPost(number, str(error)))


def _report(finding: BadSearch | Warned | BadPost) -> None:
    sys.stdout.buffer.flush()
    sys.stderr.buffer.write(_write.encode(finding) + b"\n")
    sys.stderr.buffer.flush()
