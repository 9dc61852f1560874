"""`goodword read`: how posts read, as lines of JSON."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click
import msgspec

from goodword.config.cli._findings import CannotBegin, Finding, Input, name_of, report
from goodword.language import reading

if TYPE_CHECKING:
    from goodword.language.reading import Reader, Reading
    from goodword.language.teaching.lesson import Guess, Lesson

_LINES_A_BATCH = 1024


class Post(msgspec.Struct, frozen=True):
    """A line that is read. Other fields are let be."""

    id: str | int
    text: str


@click.command()
@click.argument("posts", type=click.File("rb"), default="-")
@click.option("--fast", is_flag=True, help="Only the fast reader: many times the speed, and less sure.")
@click.option(
    "--with",
    "lesson_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that `goodword teach` wrote: adds the probability of each of its labels.",
)
def command(posts: BinaryIO, fast: bool, lesson_file: Path | None) -> None:
    """Read posts, lines of {"id", "text"}, from a file or standard input, and write a line of JSON for each, in order.

    A "confidence" of 0.6 is right six times in ten; how far the other chances can be taken at their word stands in
    docs/figures.md. A line that is no post is reported with its number on standard error, and the rest goes on.
    """
    lesson = _load(lesson_file) if lesson_file else None
    reader = reading.fast_reader() if fast else reading.best_reader()
    out = sys.stdout.buffer
    given = Input(name_of(posts))
    for batch in _batches(_posts(posts, given)):
        out.writelines(_lines(batch, reader, lesson))
        given.taken += len(batch)
    out.flush()
    given.end()


def _load(path: Path) -> Lesson:
    from goodword.language.teaching import store

    try:
        return store.load(path)
    except store.NotALesson as error:
        raise CannotBegin(Finding(file=str(path), line=0, reason=str(error))) from error


def _posts(lines: BinaryIO, given: Input) -> Iterator[Post]:
    decoder = msgspec.json.Decoder(Post)
    for number, written in enumerate(lines, start=1):
        if number == 1:
            given.begin(written)
        line = written.removeprefix(BOM_UTF8)
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            reason = f'Not a line of {{"id", "text"}}, so it is left out: {error}'
            report(Finding(file=given.file, line=number, reason=reason))
            given.passed_over += 1


def _batches(posts: Iterator[Post]) -> Iterator[list[Post]]:
    while batch := list(islice(posts, _LINES_A_BATCH)):
        yield batch


def _lines(posts: list[Post], reader: Reader, lesson: Lesson | None) -> Iterator[bytes]:
    texts = [post.text for post in posts]
    readings = reader.read(texts)
    guesses: list[Guess | None] = list(lesson.guess(texts)) if lesson else [None] * len(posts)
    encoder = msgspec.json.Encoder()
    for post, found, guess in zip(posts, readings, guesses, strict=True):
        yield encoder.encode(_answer(post, found, guess)) + b"\n"


def _answer(post: Post, found: Reading, guess: Guess | None) -> dict[str, object]:
    answer = {"id": post.id} | msgspec.structs.asdict(found)
    if guess is not None:
        answer["label"] = guess.label
        if guess.abstain:
            answer["abstain"] = True
    return answer
