"""One compiled pass over a batch of texts that says what is worth a closer look in Python, and what never is.

It finds the cues of `cues.toml`, tells plain English by its words, and names the kinds of private data that a text
could hold. Each answer is exact or, for private data, cautious; where a text has characters that the pass doesn't
know, it says so and the rules in Python decide. So the readings are the same with and without it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodword.language.compiling import kept
from goodword.language.reading.features import mixed
from goodword.language.reading.glance_private import marks_of, private_bits
from goodword.language.reading.glance_tables import (
    BOOKED,
    FIRST,
    HARM,
    NUMBER,
    PLACES,
    SECOND,
    SEED,
    STREET,
    Tables,
    hashed,
    slot,
    tables_of_all,
)
from goodword.language.reading.language_id import ENGLISH_FROM, LOOKED_AT, NO, UNKNOWN, YES
from goodword.language.reading.normalise import MAX_CHARACTERS
from goodword.language.reading.seen import ALL_KINDS, LOOK_FOR_CUES, MAY_HARM, MAY_TURN, Glances
from goodword.language.reading.signs import HASH, SHARP_S, blank, digit, harmless, latin, letter, past_number, past_word

_TELLING = HARM | FIRST | SECOND


@kept
def _cue_bits(tokens: NDArray[np.uint64], places: NDArray[np.int64], count: int, tables: Tables) -> int:
    """The cues of a text's words. Phrases don't overlap: the longest that begins first counts."""
    bits, after = 0, 0
    for start in range(count):
        longest = tables.longest[places[start]]
        if not longest or start < after:
            continue
        for length in range(min(longest, count - start), 0, -1):
            key = SEED
            for token in tokens[start : start + length]:
                key = mixed(key, token)
            place = slot(tables.phrases, key)
            if tables.phrases[place]:
                bits |= 1 << tables.cues[place]
                after = start + length
                break
    return bits


@kept
def _glance(codes: NDArray[np.uint32], start: int, end: int, tables: Tables) -> tuple[int, int, int, int]:
    """(cues, English, private, telling) of the text codes[start:end]."""
    limit, stop = min(end, start + LOOKED_AT), min(end, start + MAX_CHARACTERS)
    tokens, places = np.empty(stop - start, dtype=np.uint64), np.empty(stop - start, dtype=np.int64)
    count, english, marks, at = 0, 0, 0, start
    odd = doubtful = undecided = False
    while at < stop:
        code, begin = codes[at], at
        if letter(code):
            at = past_word(codes, at, stop)
            key = hashed(codes, begin, at)
            place = slot(tables.words, key)
            mark = tables.marks[place]
            marks |= marks_of(codes, begin, at, tables) | (mark & _TELLING)
            if begin < limit < at:
                undecided = True
            elif mark & PLACES and at <= limit and (begin == start or blank(codes[begin - 1])):
                english |= 1 << (mark & PLACES) if at == limit or blank(codes[at]) else 0
        elif digit(code) or code == HASH:
            at = past_number(codes, at, stop) if code != HASH else at + 1
            key = mixed(SEED, NUMBER)
            place = slot(tables.words, key)
        else:
            at += 1
            if code >= 128 and not harmless(code):
                odd = True
                marks |= BOOKED | (STREET if code == SHARP_S else 0)
                doubtful = doubtful or not (latin(code) or code == SHARP_S)
                undecided = undecided or (begin < limit and not (latin(code) or code == SHARP_S))
            continue
        tokens[count], places[count] = key, place
        count += 1
    found = LOOK_FOR_CUES if odd else _cue_bits(tokens, places, count, tables)
    words = 0
    while english:
        english &= english - 1
        words += 1
    private = ALL_KINDS if doubtful or stop < end else private_bits(codes, start, end, marks)
    telling = MAY_HARM if odd or marks & HARM else 0
    telling |= MAY_TURN if odd or (marks & FIRST and marks & SECOND) else 0
    return found, YES if words >= ENGLISH_FROM else UNKNOWN if undecided else NO, private, telling


@kept
def _glance_at_all(
    codes: NDArray[np.uint32],
    ends: NDArray[np.int64],
    tables: Tables,
    cues: NDArray[np.int32],
    english: NDArray[np.uint8],
    private: NDArray[np.uint8],
    telling: NDArray[np.uint8],
) -> None:
    start = 0
    for text in range(len(ends)):
        cues[text], english[text], private[text], telling[text] = _glance(codes, start, ends[text], tables)
        start = ends[text]


def glance(texts: Sequence[str]) -> Glances:
    """A glance at each text, in order."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    found = Glances(np.empty(len(texts), np.int32), *(np.empty(len(texts), np.uint8) for _ in range(3)))
    _glance_at_all(codes, ends, tables_of_all(), *found)
    return found
