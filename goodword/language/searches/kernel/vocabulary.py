"""The tables of terms: entering them, and looking them up."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.compiled import compiled, inlined, part
from goodword.language.searches.kernel.hashing import beginning
from goodword.language.searches.kernel.state import KEY, TERM, Bytes, Index, Numbers, Slots, Vocabulary, Words64

_ONE = np.uint64(1)
_SIX, _LOW_SIX = np.uint64(6), np.uint64(63)
_HALF = np.uint64(32)
_TWO, _FOUR, _LAST_BYTE = np.uint64(2), np.uint64(4), np.uint64(56)
_TWOS, _FOURS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_EIGHTS, _EVERY = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)
LONG = 63
"""Beginnings of so many bytes and more share a bit."""


@inlined
def _bit(known: Words64, key: np.uint64) -> np.uint64:
    """The bit of a hash: by its upper half, for the lower one says where it stands in the table."""
    return key >> _HALF & np.uint64(len(known) * 64 - 1)


@inlined
def may_be_known(vocabulary: Vocabulary, key: np.uint64) -> Index:
    """1 if there may be a term with this hash, 0 if there is none."""
    bit = _bit(vocabulary.known, key)
    return np.int64(vocabulary.known[bit >> _SIX] >> (bit & _LOW_SIX) & _ONE)


@compiled
def fill_slots(slots: Slots, known: Words64, keys: Words64) -> None:
    """Enter every key into the table and the bitmap."""
    mask = np.uint64(len(slots) - 1)
    for term in range(len(keys)):
        bit = _bit(known, keys[term])
        known[bit >> _SIX] |= _ONE << (bit & _LOW_SIX)
        place = keys[term] & mask
        while slots[place, TERM]:
            place = (place + _ONE) & mask
        slots[place, KEY] = keys[term]
        slots[place, TERM] = term + 1


@compiled
def fill_beginnings(beginnings: Words64, text: Bytes, ends: Numbers) -> None:
    """Enter beginnings of words into their table; number i is the UTF-8 in `text` up to `ends[i]`."""
    mask = np.uint64(len(beginnings) - 1)
    start = 0
    for end in ends:
        chunk = np.uint64(text[start]) | np.uint64(text[start + 1]) << np.uint64(8)
        chunk |= np.uint64(text[start + 2]) << np.uint64(16)
        beginnings[beginning(chunk) & mask] |= _ONE << np.uint64(min(end - start, LONG))
        start = end


@inlined
def lengths_of(vocabulary: Vocabulary, chunk: np.uint64) -> np.uint64:
    """The lengths in bytes, as a bit set, that beginnings have which start with these three bytes."""
    beginnings = vocabulary.beginnings
    lengths: np.uint64 = beginnings[beginning(chunk) & np.uint64(len(beginnings) - 1)]
    return lengths


@inlined
def is_among(size: Index, lengths: np.uint64) -> bool:
    """Whether a length is in such a set."""
    return bool(lengths >> np.uint64(min(size, LONG)) & _ONE)


@inlined
def shortest(lengths: np.uint64) -> Index:
    """The smallest length of such a set; 64, more than any, if it is empty."""
    below = (lengths & (~lengths + _ONE)) - _ONE
    # The bits set in `below` are as many as the length: counted two, four and eight at a time.
    below -= below >> _ONE & _TWOS
    below = (below & _FOURS) + (below >> _TWO & _FOURS)
    return np.int64(((below + (below >> _FOUR) & _EIGHTS) * _EVERY) >> _LAST_BYTE)


@part
def find(vocabulary: Vocabulary, key: np.uint64) -> Index:
    """The term with this hash, or -1."""
    slots = vocabulary.slots
    mask = np.uint64(len(slots) - 1)
    place = key & mask
    while True:
        if slots[place, KEY] == key or not slots[place, TERM]:
            return np.int64(slots[place, TERM]) - 1
        place = (place + _ONE) & mask
