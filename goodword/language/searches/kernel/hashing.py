"""Hashes of terms: over the UTF-8 of their folded form, eight bytes at a time.

The last one to eight bytes are mixed in together with the salt of the term's kind, those before them as they come.
"""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.compiled import compiled, inlined, part
from goodword.language.searches.kernel.state import Bytes, Index, Numbers, Words64

SEED = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
SALTS = np.array(
    (0, 0x5851F42D4C957F2D, 0x14057B7EF767814F, 0x2545F4914F6CDD1D, 0x369DEA0F31A53F85, 0x4F9939F508A4A2E5,
     0x6A09E667F3BCC909, 0x7137449123EF65CD, 0),
    np.uint64,
)  # fmt: skip
"""One for each `TermKind`, so that the same letters differ as word, tag, handle and so on."""
NOTHING = np.uint64(0)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_THREE_BYTES = np.uint64(0xFFFFFF)
_HALF = np.uint64(32)
_SPREAD = np.uint64(40)
CHUNK = 8


@inlined
def mix(state: np.uint64) -> np.uint64:
    """Every bit of the result depends on every bit given, and no two states give the same."""
    mixed = state * _PRIME
    mixed = (mixed ^ (mixed >> _HALF)) * _MIX
    return mixed ^ (mixed >> _HALF)


@part
def feed(state: np.uint64, chunk: np.uint64, size: Index, code: Index) -> tuple[np.uint64, np.uint64, Index]:
    """One character on, after `size` bytes; `state` is of the full chunks before, `chunk` the bytes since.

    The hash of what has been fed so far is `mix(state ^ chunk ^ salt)`.
    """
    filled = size & 7
    if size and not filled:
        state, chunk = mix(state ^ chunk), NOTHING
    encoded, length = (np.uint64(code), np.int64(1)) if code < 0x80 else utf8(code)
    chunk |= encoded << np.uint64(8 * filled)
    if filled + length > CHUNK:
        state, chunk = mix(state ^ chunk), encoded >> np.uint64(8 * (CHUNK - filled))
    return state, chunk, size + length


@inlined
def utf8(code: Index) -> tuple[np.uint64, np.int64]:
    """The UTF-8 of a character that is not ASCII, first byte lowest, and its length."""
    last = 0x80 | code & 0x3F
    if code < 0x800:
        return np.uint64(0xC0 | code >> 6 | last << 8), np.int64(2)
    middle = 0x80 | code >> 6 & 0x3F
    if code < 0x10000:
        return np.uint64(0xE0 | code >> 12 | middle << 8 | last << 16), np.int64(3)
    return np.uint64(0xF0 | code >> 18 | (0x80 | code >> 12 & 0x3F) << 8 | middle << 16 | last << 24), np.int64(4)


@inlined
def first_bytes(chunk: np.uint64, count: Index) -> np.uint64:
    """The first `count` bytes of a chunk, 1 to 8."""
    return chunk & (_ALL >> np.uint64(64 - 8 * count))


@inlined
def beginning(chunk: np.uint64) -> np.uint64:
    """Where the table of beginnings speaks of words whose first three bytes are these; to be masked to its size."""
    return ((chunk & _THREE_BYTES) * _PRIME) >> _SPREAD


@compiled
def hash_keys(text: Bytes, ends: Numbers, kinds: Numbers, seeds: Words64, hashes: Words64) -> None:
    """Hash many keys at once: key i is the UTF-8 in `text` up to `ends[i]`, from `seeds[i]` on."""
    start = 0
    for index in range(len(ends)):
        state, chunk, filled = seeds[index], NOTHING, 0
        for place in range(start, ends[index]):
            if filled == CHUNK:
                state, chunk, filled = mix(state ^ chunk), NOTHING, 0
            chunk |= np.uint64(text[place]) << np.uint64(8 * filled)
            filled += 1
        hashes[index] = mix(state ^ chunk ^ SALTS[kinds[index]])
        start = ends[index]
