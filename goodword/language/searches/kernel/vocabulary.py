"""Hashes of terms, and looking them up."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.compiled import compiled, inlined, part
from goodword.language.searches.kernel.state import (
    CHAINED,
    HITS,
    IS_FILED,
    OVERFLOW,
    POSITIONAL,
    STAMP,
    Counts,
    Index,
    Notes,
    Numbers,
    Vocabulary,
    Words32,
    Words64,
)

SEED = np.uint64(0xCBF29CE484222325)
PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
SALTS = np.array(
    (0, 0x5851F42D4C957F2D, 0x14057B7EF767814F, 0x2545F4914F6CDD1D, 0x369DEA0F31A53F85, 0x4F9939F508A4A2E5,
     0x6A09E667F3BCC909, 0x7137449123EF65CD, 0),
    np.uint64,
)  # fmt: skip
"""One for each `TermKind`, so that the same letters differ as word, tag, handle and so on."""


@inlined
def roll(state: np.uint64, letter: np.uint64) -> np.uint64:
    """The hash of a word, one letter on."""
    return (state ^ letter) * PRIME


@inlined
def finish(state: np.uint64) -> np.uint64:
    """The hash as it is kept: every bit of it depends on every letter."""
    mixed = (state ^ (state >> _HALF)) * _MIX
    return mixed ^ (mixed >> _HALF)


@compiled
def hash_keys(letters: Words32, ends: Numbers, kinds: Numbers, states: Words64, hashes: Words64) -> None:
    """Hash many keys at once: key i is `letters` up to `ends[i]`, from `states[i]` on, which is left as the
    hash before `finish`."""
    start = 0
    for index in range(len(ends)):
        state = states[index]
        for place in range(start, ends[index]):
            state = roll(state, np.uint64(letters[place]))
        states[index] = state
        hashes[index] = finish(state ^ SALTS[kinds[index]])
        start = ends[index]


@compiled
def fill_slots(slots: Numbers, keys: Words64) -> None:
    """Enter every key into the table."""
    mask = np.uint64(len(slots) - 1)
    for term in range(len(keys)):
        place = keys[term] & mask
        while slots[place]:
            place = (place + np.uint64(1)) & mask
        slots[place] = term + 1


@part
def find(slots: Numbers, keys: Words64, key: np.uint64) -> Index:
    """The term with this hash, or -1."""
    mask = np.uint64(len(slots) - 1)
    place = key & mask
    while True:
        term: Index = slots[place] - 1
        if term < 0 or keys[term] == key:
            return term
        place = (place + np.uint64(1)) & mask


@inlined
def note(vocabulary: Vocabulary, notes: Notes, term: Index, place: Index) -> None:
    """The post has this term, at this place."""
    stamps, counts, flags = notes.stamps, notes.counts, vocabulary.flags[term]
    if stamps[term] != counts[STAMP]:
        stamps[term] = counts[STAMP]
        if flags & IS_FILED:
            notes.hits[counts[HITS]] = term
            counts[HITS] += 1
        if flags & POSITIONAL:
            notes.chain_heads[term] = -1
    if flags & POSITIONAL:
        chain(notes.chain_heads, notes.chain_tails, notes.chain_places, notes.chain_next, counts, term, place)


@part
def note_seldom(vocabulary: Vocabulary, notes: Notes, term: Index, place: Index) -> None:
    """As `note`, where it is seldom called and not worth being put in."""
    note(vocabulary, notes, term, place)


@inlined
def chain(
    heads: Numbers, tails: Numbers, places: Numbers, following: Numbers, counts: Counts, term: Index, place: Index
) -> None:
    """Append a place to those of a term."""
    link = counts[CHAINED]
    if link == len(places):
        counts[OVERFLOW] = 1
        return
    places[link] = place
    following[link] = -1
    if heads[term] < 0:
        heads[term] = link
    else:
        following[tails[term]] = link
    tails[term] = link
    counts[CHAINED] = link + 1
