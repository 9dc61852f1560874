"""Notes what a post has: its terms, and the places at which they stand."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.state import (
    CHAINED,
    HITS,
    IS_FILED,
    OVERFLOW,
    PLACES,
    POSITIONAL,
    STAMP,
    Index,
    Notes,
    Vocabulary,
)
from goodword.language.searches.kernel.vocabulary import find

_LOOKED_UP = np.uint64(0)


@inlined
def put(notes: Notes, word: Index) -> Index:
    """Take the next place for a word, which may be unknown (-1)."""
    place: Index = notes.counts[PLACES]
    notes.words_at[place] = word
    notes.word_keys[place] = _LOOKED_UP
    notes.pairs_at[place] = -1
    notes.tags_at[place + 1] = -1
    notes.counts[PLACES] = place + 1
    return place


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
        chain(notes, term, place)


@part
def note_key(vocabulary: Vocabulary, notes: Notes, key: np.uint64, place: Index) -> Index:
    """Look a hash up, and note the term if there is one; gives the term, or -1."""
    term = find(vocabulary, key)
    if term >= 0:
        note(vocabulary, notes, term, place)
    return term


@inlined
def chain(notes: Notes, term: Index, place: Index) -> None:
    """Append a place to those of a term."""
    heads, tails, following = notes.chain_heads, notes.chain_tails, notes.chain_next
    link = notes.counts[CHAINED]
    if link == len(following):
        notes.counts[OVERFLOW] = 1
        return
    notes.chain_places[link] = place
    following[link] = -1
    if heads[term] < 0:
        heads[term] = link
    else:
        following[tails[term]] = link
    tails[term] = link
    notes.counts[CHAINED] = link + 1
