"""The fast reader's eyes: a batch of texts to hashed features in one pass of a compiled kernel.

Features are words, pairs of neighbouring words, and runs of 3 to 5 characters inside a word with its edges marked.
A name after `@`, an address and a number count as one word each; letters of any script make words, and other signs
that tell something (an emoji, a question mark) are words of their own. A text of n characters has at most 5n + 5
features, and costs O(n). Importing this loads numba; `plain.py` sees the same of a few texts without.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodword.language.compiling import inlined, kept
from goodword.language.reading import hashing
from goodword.language.reading.hashing import BUCKETS, LONGEST_RUN, LONGEST_WORD, SHORTEST_RUN
from goodword.language.reading.normalise import MAX_CHARACTERS

_MASK = np.uint64(BUCKETS - 1)
_PRIME, _EDGE, _SEED, _RUN = (
    np.uint64(each) for each in (hashing.PRIME, hashing.EDGE, hashing.SEED, hashing.RUN)
)  # fmt: skip
_MENTION, _LINK, _NUMBER, _PAIR = (
    np.uint64(each) for each in (hashing.MENTION, hashing.LINK, hashing.NUMBER, hashing.PAIR)
)  # fmt: skip
_GAP, _LETTER, _DIGIT, _SIGN = 0, 1, 2, 3
_AT, _COLON, _SPACE = 64, 58, 32
_BATCH = 512
"""Features of so many texts stay in the cache between the two kernels."""


@inlined
def mixed(hashed: np.uint64, value: np.uint64) -> np.uint64:
    """A hash with one more value in it."""
    hashed = (hashed ^ value) * _PRIME
    return hashed ^ (hashed >> np.uint64(29))


@kept
def _kind(code: int) -> int:
    if code < 128:
        if 97 <= code <= 122 or 65 <= code <= 90 or code in (39, 95):
            return _LETTER
        if 48 <= code <= 57:
            return _DIGIT
        return _SIGN if code in (33, 63, 35, 36, 37, 40, 41, 58, 59, 42) else _GAP
    if code == 0x2019:
        return _LETTER
    if code < 0xC0 or 0x2000 <= code <= 0x206F or 0x3000 <= code <= 0x303F or 0xFE00 <= code <= 0xFE0F:
        return _GAP
    if 0x20A0 <= code <= 0x2BFF or 0x1F000 <= code <= 0x1FAFF:
        return _SIGN
    return _LETTER


@kept
def _small(code: int) -> int:
    """The lower case of Latin, Greek and Cyrillic capitals."""
    capital = 65 <= code <= 90 or 0xC0 <= code <= 0xDE or 0x391 <= code <= 0x3A9 or 0x410 <= code <= 0x42F
    return code + 32 if capital else code


@kept
def _past_word(codes: NDArray[np.uint32], at: int, end: int) -> int:
    while at < end and (_kind(codes[at]) == _LETTER or _kind(codes[at]) == _DIGIT):
        at += 1
    return at


@kept
def _past_number(codes: NDArray[np.uint32], at: int, end: int) -> int:
    while at < end and (_kind(codes[at]) == _DIGIT or codes[at] in (44, 46)):
        at += 1
    return at


@kept
def _past_link(codes: NDArray[np.uint32], at: int, end: int) -> int:
    while at < end and codes[at] > _SPACE:
        at += 1
    return at


@kept
def _begins_link(codes: NDArray[np.uint32], start: int, at: int, end: int) -> bool:
    """Whether the word from start to `at` is http or https with a colon after it."""
    if at - start not in (4, 5) or at >= end or codes[at] != _COLON:
        return False
    return bool(codes[start] == 104 and codes[start + 1] == 116 and codes[start + 2] == 116 and codes[start + 3] == 112)


@kept
def _runs(word: NDArray[np.uint64], length: int, out: NDArray[np.int32], filled: int) -> int:
    """Write the hashed runs of 3 to 5 characters of a word with its edges; the number of features written so far."""
    for first in range(length - SHORTEST_RUN + 1):
        run = _RUN
        for offset in range(min(LONGEST_RUN, length - first)):
            run = mixed(run, word[first + offset])
            if offset >= SHORTEST_RUN - 1:
                out[filled] = np.int32(run & _MASK)
                filled += 1
    return filled


@kept
def _hash_text(codes: NDArray[np.uint32], at: int, end: int, out: NDArray[np.int32], filled: int) -> int:
    word = np.empty(LONGEST_WORD + 2, dtype=np.uint64)
    before = np.uint64(0)
    while at < end:
        kind, start = _kind(codes[at]), at
        if codes[at] == _AT:
            at = _past_word(codes, at + 1, end)
            hashed = mixed(_SEED, _MENTION)
        elif kind == _GAP:
            at += 1
            continue
        elif kind == _DIGIT:
            at = _past_number(codes, at, end)
            hashed = mixed(_SEED, _NUMBER)
        elif kind == _SIGN:
            at += 1
            hashed = mixed(_SEED, np.uint64(codes[start]))
        else:
            at = _past_word(codes, at, end)
            if _begins_link(codes, start, at, end):
                at = _past_link(codes, at, end)
                hashed = mixed(_SEED, _LINK)
            else:
                length = min(LONGEST_WORD, at - start)
                hashed = _SEED
                word[0] = word[length + 1] = _EDGE
                for place in range(length):
                    word[place + 1] = np.uint64(_small(codes[start + place]))
                    hashed = mixed(hashed, word[place + 1])
                filled = _runs(word, length + 2, out, filled)
        out[filled] = np.int32(hashed & _MASK)
        filled += 1
        if before != np.uint64(0):
            out[filled] = np.int32(mixed(mixed(before, _PAIR), hashed) & _MASK)
            filled += 1
        before = hashed
    return filled


@kept
def _hash_batch(
    codes: NDArray[np.uint32], ends: NDArray[np.int64], out: NDArray[np.int32], stops: NDArray[np.int64]
) -> None:
    filled, start = 0, 0
    for text in range(len(ends)):
        filled = _hash_text(codes, start, ends[text], out, filled)
        stops[text] = filled
        start = ends[text]


def hashed_features(texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """(features of all texts one after the other, where each text's features end)."""
    texts = [text[:MAX_CHARACTERS] for text in texts]
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    # A word of one character gives a run, itself and a pair; each further character three runs.
    out = np.empty(5 * len(codes) + 5, dtype=np.int32)
    stops = np.empty(len(texts), dtype=np.int64)
    _hash_batch(codes, ends, out, stops)
    return out[: stops[-1] if len(stops) else 0], stops


@kept
def summed(
    features: NDArray[np.int32], stops: NDArray[np.int64], table: NDArray[np.int8], out: NDArray[np.float32]
) -> None:
    """For each text the sum of its features' rows over the square root of their number, into `out`."""
    width = table.shape[1]
    total = np.empty(width, dtype=np.int32)
    start = 0
    for text in range(len(stops)):
        total[:] = 0
        for place in range(start, stops[text]):
            row = table[features[place]]
            for column in range(width):
                total[column] += row[column]
        scale = np.float32(1) / np.sqrt(np.float32(max(1, stops[text] - start)))
        for column in range(width):
            out[text, column] = total[column] * scale
        start = stops[text]


def sums(texts: Sequence[str], table: NDArray[np.int8]) -> NDArray[np.float32]:
    """[texts, width of the table]: `summed` of the texts' features."""
    out = np.empty((len(texts), table.shape[1]), dtype=np.float32)
    for start in range(0, len(texts), _BATCH):
        features, stops = hashed_features(texts[start : start + _BATCH])
        summed(features, stops, table, out[start : start + _BATCH])
    return out
