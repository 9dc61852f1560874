"""Words of plain ASCII, which most are: their ends, folded form and hash, eight bytes at a time.

The text must go on for eight bytes after the last word.
"""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.hashing import CHUNK, SEED, first_bytes, mix
from goodword.language.searches.kernel.state import Bytes, Index

_EVERY = np.uint64(0x0101010101010101)
_HIGH = np.uint64(0x80) * _EVERY
_LOW = np.uint64(0x7F) * _EVERY
_SMALL = np.uint64(0x20) * _EVERY
_UNDERSCORES = np.uint64(ord("_")) * _EVERY
# Added to a byte under 0x80, these set its high bit from the character named on.
_FROM_A = np.uint64(0x80 - ord("a")) * _EVERY
_BEYOND_Z = np.uint64(0x80 - ord("z") - 1) * _EVERY
_FROM_0 = np.uint64(0x80 - ord("0")) * _EVERY
_BEYOND_9 = np.uint64(0x80 - ord("9") - 1) * _EVERY
_ONE, _TWO, _LAST_BYTE = np.uint64(1), np.uint64(2), np.uint64(56)


@inlined
def eight(text: Bytes, start: Index) -> np.uint64:
    """The eight bytes from a place on, the first one lowest. The compiler makes one load of it, for which the
    places must be unsigned."""
    at = np.uint64(start)
    return (
        np.uint64(text[at])
        | np.uint64(text[at + np.uint64(1)]) << np.uint64(8)
        | np.uint64(text[at + np.uint64(2)]) << np.uint64(16)
        | np.uint64(text[at + np.uint64(3)]) << np.uint64(24)
        | np.uint64(text[at + np.uint64(4)]) << np.uint64(32)
        | np.uint64(text[at + np.uint64(5)]) << np.uint64(40)
        | np.uint64(text[at + np.uint64(6)]) << np.uint64(48)
        | np.uint64(text[at + np.uint64(7)]) << np.uint64(56)
    )


@inlined
def letters(chunk: np.uint64) -> np.uint64:
    """The high bit of each byte whose lower seven are a letter of ASCII."""
    small = chunk & _LOW | _SMALL
    return (small + _FROM_A) & ~(small + _BEYOND_Z) & _HIGH


@inlined
def word_end(text: Bytes, place: Index) -> Index:
    """The next place at which no letter, digit or `_` of ASCII stands."""
    while True:
        chunk = eight(text, place)
        low = chunk & _LOW
        digits = (low + _FROM_0) & ~(low + _BEYOND_9)
        others = (low ^ _UNDERSCORES) + _LOW
        outside = ~((letters(chunk) | digits | ~others) & ~chunk) & _HIGH
        if outside:
            below = (outside & (~outside + _ONE)) - _ONE
            return place + np.int64(((below & _EVERY) * _EVERY) >> _LAST_BYTE) - 1
        place += CHUNK


@inlined
def fold_plain(chunk: np.uint64) -> np.uint64:
    """Eight bytes of ASCII in small letters."""
    return chunk | letters(chunk) >> _TWO


@inlined
def hash_folded(text: Bytes, start: Index, end: Index, salt: np.uint64) -> np.uint64:
    """The hash of the folded form of a run of ASCII, at least one byte long."""
    state = SEED
    while end - start > CHUNK:
        state = mix(state ^ fold_plain(eight(text, start)))
        start += CHUNK
    return mix(state ^ first_bytes(fold_plain(eight(text, start)), end - start) ^ salt)


@part
def hash_as_written(text: Bytes, start: Index, end: Index, salt: np.uint64) -> np.uint64:
    """The hash of a run of ASCII in its case."""
    state = SEED
    while end - start > CHUNK:
        state = mix(state ^ eight(text, start))
        start += CHUNK
    return mix(state ^ first_bytes(eight(text, start), end - start) ^ salt)


@part
def is_plain(text: Bytes, start: Index, end: Index) -> bool:
    """Whether a run is all ASCII."""
    bits = np.uint8(0)
    for place in range(start, end):
        bits |= text[place]
    return bool(bits < 0x80)
