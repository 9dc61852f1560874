"""What the index looks up: every search is boiled down to terms that a post has or has not."""

from __future__ import annotations

from enum import IntEnum

from goodword.language.searches.tree import Part
from goodword.language.searches.words import Kind


class TermKind(IntEnum):
    """How a term is found in a post."""

    WORD = 0
    """A word, an emoji, or one letter of a script without spaces."""
    TAG = 1
    HANDLE = 2
    PAIR = 3
    """Two such letters, one directly after the other."""
    PREFIX = 4
    """How a word begins."""
    SHAPE = 5
    """A whole word with `?` at some places."""
    SHAPE_PREFIX = 6
    """How a word begins, with `?` at some places."""
    CASED = 7
    """A word in this case only."""
    FIELD = 8
    """A value of a field, an `is:`, a host, or characters found anywhere."""


Element = tuple[TermKind, str, int]
"""A term of a phrase: its kind, its key, and how many words after the phrase's first."""

KINDS = {Kind.WORD: TermKind.WORD, Kind.LETTER: TermKind.WORD, Kind.TAG: TermKind.TAG, Kind.HANDLE: TermKind.HANDLE}


def elements(parts: tuple[Part, ...]) -> list[Element]:
    """The terms of a phrase. Letters that follow each other directly are looked up two by two."""
    if len(parts) == 1:
        return [(KINDS[parts[0].kind], parts[0].key, 0)]
    found: list[Element] = []
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        if following is not None and following.joined:
            found.append((TermKind.PAIR, part.key + following.key, part.offset))
        elif not part.joined:
            found.append((KINDS[part.kind], part.key, part.offset))
    return found


def wildcard_term(pattern: str) -> tuple[TermKind, str]:
    """The term of a word with wildcards."""
    if "?" in pattern:
        return (TermKind.SHAPE_PREFIX, pattern[:-1]) if pattern.endswith("*") else (TermKind.SHAPE, pattern)
    return TermKind.PREFIX, pattern[:-1]


def field_key(name: str, key: str) -> str:
    """The key of a field's value."""
    return f"{name}\0{key}"


QUESTION = field_key("is", "question")
