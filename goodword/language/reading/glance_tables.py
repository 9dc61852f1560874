"""The words and phrases that a glance looks for, hashed into tables that a compiled pass can look into."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodword.language.compiling import kept
from goodword.language.pii.bookings import BOOKING_WORDS
from goodword.language.pii.streets import ENGLISH_STREET_WORDS, OTHER_STREET_WORDS, STREET_ENDINGS
from goodword.language.reading.cues import lexicon
from goodword.language.reading.features import mixed
from goodword.language.reading.floors import telling_words
from goodword.language.reading.language_id import ENGLISH_ALONE
from goodword.language.reading.seen import cue_names
from goodword.language.reading.signs import small
from goodword.language.reading.turned import telling_pairs

SEED, NUMBER = np.uint64(0xC0E5), np.uint64(35)
_SLOTS: Final = 4096
_LAST_SLOT, _ONE, _EMPTY = np.uint64(_SLOTS - 1), np.uint64(1), np.uint64(0)
# Bits of `Tables.marks`; those below are one more than the place among the words that only English has.
ENGLISH_STREET, STREET, BOOKED, HARM, FIRST, SECOND, PLACES = 32, 64, 128, 256, 512, 1024, 31
ENDING: Final = 8
"""Characters of the longest street ending."""


class Tables(NamedTuple):
    """What is looked for, hashed. Open addressing; a zero is an empty slot."""

    words: NDArray[np.uint64]
    marks: NDArray[np.uint16]
    longest: NDArray[np.uint8]  # how many words the longest phrase has that begins with it
    phrases: NDArray[np.uint64]
    cues: NDArray[np.uint8]  # the cue of a phrase
    endings: NDArray[np.uint32]  # [endings, ENDING], written backwards


@kept
def slot(table: NDArray[np.uint64], key: np.uint64) -> np.int64:
    """Where it stands, or the empty slot where it would."""
    place = key & _LAST_SLOT
    while table[place] != _EMPTY and table[place] != key:
        place = (place + _ONE) & _LAST_SLOT
    return np.int64(place)


@kept
def hashed(codes: NDArray[np.uint32], start: int, end: int) -> np.uint64:
    """The hash of a word, whatever its case."""
    key = SEED
    for place in range(start, end):
        key = mixed(key, np.uint64(small(codes[place])))
    return key


@cache
def tables_of_all() -> Tables:
    """Everything that is looked for."""
    words, phrases = np.zeros(_SLOTS, np.uint64), np.zeros(_SLOTS, np.uint64)
    marks = np.zeros(_SLOTS, np.uint16)
    longest, cues = (np.zeros(_SLOTS, np.uint8) for _ in range(2))
    names = cue_names()
    for phrase, cue in lexicon().told.items():
        keys = [_hash(word) for word in phrase]
        first = _put(words, keys[0])
        longest[first] = max(longest[first], len(phrase))
        cues[_put(phrases, _chain(keys))] = names.index(cue)
    for place, word in enumerate(sorted(ENGLISH_ALONE)):
        marks[_put(words, _hash(word))] |= place + 1
    for mark, marked in (
        (ENGLISH_STREET, ENGLISH_STREET_WORDS), (STREET, OTHER_STREET_WORDS), (BOOKED, BOOKING_WORDS),
        (HARM, telling_words()), (FIRST, telling_pairs().first), (SECOND, telling_pairs().second),
    ):  # fmt: skip
        for word in marked:
            marks[_put(words, _hash(word))] |= mark
    endings = np.zeros((len(STREET_ENDINGS), ENDING), np.uint32)
    for row, ending in enumerate(STREET_ENDINGS):
        endings[row, : len(ending)] = [ord(letter) for letter in reversed(ending)]
    return Tables(words, marks, longest, phrases, cues, endings)


def _hash(word: str) -> np.uint64:
    codes = np.array([ord(letter) for letter in word], np.uint32)
    return np.uint64(hashed(codes, 0, len(codes)))


def _chain(hashes: Iterable[np.uint64]) -> np.uint64:
    chained = SEED
    for each in hashes:
        chained = np.uint64(mixed(chained, each))
    return chained


def _put(table: NDArray[np.uint64], key: np.uint64) -> int:
    place = int(slot(table, key))
    table[place] = key
    return place
