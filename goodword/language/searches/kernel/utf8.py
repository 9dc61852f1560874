"""Reads UTF-8 character by character."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.characters import (
    CLASS_MASK,
    CLASS_SHIFT,
    DIGIT,
    DROPPED,
    LETTER,
    REORDERS,
    SLOW,
)
from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.state import IS_SLOW, Bytes, Counts, Index, Words32


@part
def decode(text: Bytes, place: Index) -> tuple[Index, Index]:
    """The code point that starts at a place of valid UTF-8, if it is none of ASCII, and the place after it."""
    first = np.int64(text[place])
    second = np.int64(text[place + 1]) & 0x3F
    if first < 0xE0:
        return (first & 0x1F) << 6 | second, place + 2
    third = np.int64(text[place + 2]) & 0x3F
    if first < 0xF0:
        return (first & 0x0F) << 12 | second << 6 | third, place + 3
    return (first & 0x07) << 18 | second << 12 | third << 6 | (np.int64(text[place + 3]) & 0x3F), place + 4


@inlined
def look(text: Bytes, characters: Words32, place: Index) -> tuple[Index, Index, Index]:
    """The entry of the character at a place in the table, its class, and the place after it."""
    code: Index = np.int64(text[place])
    after = place + 1
    if code >= 0x80:
        code, after = decode(text, place)
    entry = np.int64(characters[code])
    return entry, entry >> CLASS_SHIFT & CLASS_MASK, after


@inlined
def is_in_word(kind: Index) -> bool:
    """Whether a character of this class belongs to a word of a script with spaces."""
    return kind in (LETTER, DIGIT)


@inlined
def check_fold(counts: Counts, kind: Index) -> None:
    """Of a character of this class only whole-text normalisation knows what becomes of it."""
    if kind in (SLOW, DROPPED):
        counts[IS_SLOW] = 1


@part
def check_order(text: Bytes, characters: Words32, counts: Counts, after: Index) -> None:
    """After a mark that may reorder: if another follows, only normalisation knows their order."""
    entry, _, _ = look(text, characters, after)
    if entry & REORDERS:
        counts[IS_SLOW] = 1
