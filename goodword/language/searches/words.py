"""Cuts a text into words: the one place that says what a word is (see `read_words`)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

import regex

from goodword.language.searches.characters import (
    ADDRESS_ENDS,
    ADDRESS_TAIL,
    DIGIT,
    DROPPED,
    EMOJI,
    FLAG_HALF,
    JOINER,
    LETTER,
    QUESTION_MARKS,
    SPACE,
    TAG_CHARACTERS,
    TONE,
    UNSPACED,
    compile_pattern,
    fold,
    joins_previous,
    surface_form,
)


class Kind(IntEnum):
    """What a token is."""

    WORD = 0
    """A word, or an emoji."""
    LETTER = 1
    """One letter of a script without spaces."""
    TAG = 2
    """A hashtag. It takes no place: the word or words it is made of follow as tokens of their own."""
    HANDLE = 3
    ADDRESS = 4
    """A web address. It takes no place."""
    QUESTION = 5
    """A question mark. It takes no place."""


class Token(NamedTuple):
    """A token of a text.

    `position` counts words from 0. `start` and `end` are offsets into the text as it was given.
    `joined` says that a letter follows the letter before it with nothing between them.
    """

    kind: Kind
    key: str
    surface: str
    position: int
    start: int
    end: int
    joined: bool = False


_WORD = rf"[{LETTER}{DIGIT}](?:[{LETTER}{DIGIT}]|(?<={LETTER})['’](?={LETTER}))*"
_IN_WORD = rf"[{LETTER}{DIGIT}{UNSPACED}]"
_ADDRESS = (
    rf"(?:[hH][tT][tT][pP][sS]?://|[wW]{{3}}\.)(?={_IN_WORD})"
    rf"[^[{SPACE}{ADDRESS_ENDS}]]*[{LETTER}{DIGIT}{UNSPACED}{regex.escape(ADDRESS_TAIL)}]"
)
_EMOJI = rf"{EMOJI}[{TONE}{TAG_CHARACTERS}]*(?:{JOINER}{EMOJI}[{TONE}{TAG_CHARACTERS}]*)*"
_TOKEN = compile_pattern(
    rf"(?P<address>{_ADDRESS})"
    rf"|(?P<word>{_WORD})"
    rf"|(?P<letter>{UNSPACED})"
    rf"|\#(?!{_ADDRESS})(?=(?P<tag>(?:{_WORD}|{UNSPACED})+))"
    rf"|@(?!{_ADDRESS})(?P<handle>{_WORD}|{UNSPACED}+)"
    rf"|(?P<emoji>{FLAG_HALF}{FLAG_HALF}?|{_EMOJI})"
    rf"|(?P<question>[{QUESTION_MARKS}])"
)
_KINDS = {
    "address": Kind.ADDRESS,
    "word": Kind.WORD,
    "letter": Kind.LETTER,
    "tag": Kind.TAG,
    "handle": Kind.HANDLE,
    "emoji": Kind.WORD,
    "question": Kind.QUESTION,
}
_TONES = compile_pattern(rf"(?<=.)[{TONE}]")


def read_words(text: str) -> list[Token]:
    """The tokens of a text, in order.

    A word is a run of letters, marks, digits and `_`, with an apostrophe between two letters; an emoji is a
    word (its skin tone folded away as case is); each letter of a script without spaces counts as a word.
    """
    surface = surface_form(text)
    offsets = None if surface == text else _original_offsets(text)
    tokens = list(_surface_tokens(surface))
    if offsets is None:
        return tokens
    return [token._replace(start=offsets[token.start][0], end=offsets[token.end - 1][1]) for token in tokens]


def _surface_tokens(surface: str) -> Iterator[Token]:
    position = 0
    letter_end = -1
    for match in _TOKEN.finditer(surface):
        group = match.lastgroup
        assert group is not None
        kind = _KINDS[group]
        start, end = match.span()
        if kind is Kind.TAG:
            word = match["tag"]
            yield Token(kind, fold(word), word, position, start, end + len(word))
            continue
        word = match[group]
        key = _TONES.sub("", word) if group == "emoji" else fold(word)
        yield Token(kind, key, word, position, start, end, kind is Kind.LETTER and letter_end == start)
        if kind is Kind.LETTER:
            letter_end = end
        if kind <= Kind.HANDLE:
            position += 1


def _original_offsets(text: str) -> list[tuple[int, int]]:
    """For each character of the surface form, the start and end of what it came from in the text."""
    clusters: list[list[int]] = []
    for index, character in enumerate(text):
        if character in DROPPED:
            continue
        if clusters and joins_previous(character):
            clusters[-1][1] = index + 1
        else:
            clusters.append([index, index + 1])
    offsets: list[tuple[int, int]] = []
    for start, end in clusters:
        offsets += [(start, end)] * len(surface_form(text[start:end]))
    return offsets
