"""`goodword match`: which saved searches match which posts, as JSON Lines in and out."""

from __future__ import annotations

import gc
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import BinaryIO

import click
import msgspec

from goodword.config.cli._findings import CannotBegin, Finding, Input, name_of, report
from goodword.language.searches import POST_LENGTH, Post, Search, SearchError, SearchIndex, parse

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


_BAD_LINE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_read_search = msgspec.json.Decoder(SavedSearch)
_read_post = msgspec.json.Decoder(IdentifiedPost)
_read_object = msgspec.json.Decoder(dict[str, msgspec.Raw])
_read_optional = {
    field.encode_name: msgspec.json.Decoder(field.type)
    for field in msgspec.structs.fields(IdentifiedPost)
    if not field.required
}
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
    given = Input(name_of(posts_file))
    for posts in _read_posts(posts_file, given):
        if index is None:
            index = SearchIndex(searches, sample=[post.text for post in posts[:SAMPLE]])
            gc.freeze()  # the searches stay for good: the collector need not walk them again and again
        for start in range(0, len(posts), BATCH):
            batch = posts[start : start + BATCH]
            rows = index.match(batch)
            write(_write.encode_lines([Matches(post.id, row) for post, row in zip(batch, rows, strict=True)]))
        sys.stdout.buffer.flush()
    given.end()


def _read_searches(file: BinaryIO, *, skip_bad: bool) -> Iterator[tuple[str | int, Search]]:
    """The searches of a file. At a bad one says so and exits with 2, or goes on."""
    known: set[str | int] = set()
    name = name_of(file)
    for number, written in enumerate(file, 1):
        if number == 1:
            Input(name).begin(written)
        line = written.removeprefix(BOM_UTF8)
        if not line.strip():
            continue
        read = _read_one(line, partial(Finding, file=name, line=number), known)
        if isinstance(read, Finding):
            if not skip_bad:
                raise CannotBegin(read)
            report(read)
        else:
            identifier, search = read
            known.add(identifier)
            for caution in search.warnings:
                said = caution.message
                report(Finding(file=name, line=number, id=identifier, position=caution.position, warning=said))
            yield read


def _read_one(line: bytes, finding: partial[Finding], known: set[str | int]) -> tuple[str | int, Search] | Finding:
    """The search of a line, or what is wrong with it."""
    try:
        saved = _read_search.decode(line)
    except _BAD_LINE as error:
        return finding(id=_id_of(line), position=0, reason=f'Not a line of {{"id", "query"}}: {error}')
    if saved.id in known:
        reason = "Another search before it has this id: give each its own."
        return finding(id=saved.id, position=0, reason=reason)
    try:
        return saved.id, parse(saved.query)
    except SearchError as error:
        return finding(id=saved.id, position=error.position, reason=error.reason, suggestions=error.suggestions)


def _id_of(line: bytes) -> str | int | None:
    """The id of a line that is otherwise unusable, if it can be read."""
    try:
        found = msgspec.json.decode(line)
    except _BAD_LINE:
        return None
    identifier = found.get("id") if isinstance(found, dict) else None
    return identifier if isinstance(identifier, str | int) else None


def _read_posts(file: BinaryIO, given: Input) -> Iterator[list[IdentifiedPost]]:
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
        yield _decode(whole, given, number)
        number += whole.count(b"\n") + 1
    whole = b"".join(rest)
    if whole:
        yield _decode(whole, given, number)


def _decode(lines: bytes, given: Input, first: int) -> list[IdentifiedPost]:
    """The posts of some lines, the first of which has the number `first`."""
    if first == 1:
        given.begin(lines)
        lines = lines.removeprefix(BOM_UTF8)
    posts = _decode_at_once(lines)
    if posts is None:
        posts = list(_decode_one_by_one(lines, given, first))
    given.taken += len(posts)
    return posts


def _decode_at_once(lines: bytes) -> list[IdentifiedPost] | None:
    """Most often all is well, which is many times the speed; None where somebody must look at each line."""
    with suppress(*_BAD_LINE):
        if not _may_be_cut(lines):
            return _read_post.decode_lines(lines)
    return None


def _may_be_cut(lines: bytes) -> bool:
    """Whether a line is so long that not all of its post may be looked at. Such a line fills one of the stretches of
    half its length: nothing is found there, and something at once in all others."""
    half = POST_LENGTH // 2
    return any(lines.find(b"\n", at, at + half) < 0 for at in range(0, len(lines) - half + 1, half))


def _decode_one_by_one(lines: bytes, given: Input, first: int) -> Iterator[IdentifiedPost]:
    for number, line in enumerate(lines.split(b"\n"), first):
        if not line.strip():
            continue
        try:
            post = _post_of(line, given.file, number)
        except _BAD_LINE as error:
            reason = f'Not a line of {{"id", "text"}}, so it is left out: {error}'
            report(Finding(file=given.file, line=number, id=_id_of(line), reason=reason))
            given.passed_over += 1
            continue
        longest = max(len(post.text), len(post.title or ""))
        if longest > POST_LENGTH:
            reason = (
                f"Only the first {POST_LENGTH:,} of its {longest:,} characters are looked at: split it into several."
            )
            report(Finding(file=given.file, line=number, id=post.id, warning=reason))
        yield post


def _post_of(line: bytes, file: str, number: int) -> IdentifiedPost:
    """The post of a line, without those fields that are not what they should be, unless it is none without them."""
    try:
        return _read_post.decode(line)
    except _BAD_LINE:
        written = _read_object.decode(line)
    wrong: dict[str, str] = {}
    for name in written.keys() & _read_optional.keys():
        try:
            _read_optional[name].decode(written[name])
        except _BAD_LINE as error:
            wrong[name] = str(error)
            del written[name]
    post = _read_post.decode(_write.encode(written))
    for name, why in sorted(wrong.items()):
        report(Finding(file=file, line=number, id=post.id, warning=f"The post is taken without its {name}: {why}"))
    return post
