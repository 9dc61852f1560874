"""Reads emoji, and letters of scripts without spaces: each is a word by itself."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.characters import (
    DROPPED,
    EMOJI,
    FLAG_HALF,
    FOLD_MASK,
    JOINER,
    REORDERS,
    TAG_CHARACTER,
    TONE,
)
from goodword.language.searches.kernel.compiled import part
from goodword.language.searches.kernel.hashing import NOTHING, SALTS, SEED, feed, mix
from goodword.language.searches.kernel.noting import note_key, put
from goodword.language.searches.kernel.state import (
    LETTER_END,
    PLACES,
    Batch,
    Bytes,
    Counts,
    Index,
    Notes,
    Vocabulary,
    Words32,
)
from goodword.language.searches.kernel.utf8 import check_fold, check_order, decode, look
from goodword.language.searches.limits import WILDCARD_LENGTH
from goodword.language.searches.terms import TermKind

_WORD, _PAIR = SALTS[TermKind.WORD], SALTS[TermKind.PAIR]
_JOINER = 0x200D


@part
def read_letter(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """Read one letter of a script without spaces: note it, and the pair it makes with the one before."""
    text, characters = batch.text, batch.characters
    entry, _, after = look(text, characters, start)
    if entry & REORDERS:
        check_order(text, characters, notes.counts, after)
    letter = entry & FOLD_MASK
    state, chunk, _ = feed(SEED, NOTHING, np.int64(0), letter)
    at = notes.counts[PLACES]
    put(notes, note_key(vocabulary, notes, mix(state ^ chunk ^ _WORD), at))
    if notes.counts[LETTER_END] == start:
        before = np.int64(notes.letters[WILDCARD_LENGTH])
        state, chunk, size = feed(SEED, NOTHING, np.int64(0), before)
        state, chunk, _ = feed(state, chunk, size, letter)
        notes.pairs_at[at - 1] = note_key(vocabulary, notes, mix(state ^ chunk ^ _PAIR), at - 1)
    notes.letters[WILDCARD_LENGTH] = letter
    notes.counts[LETTER_END] = after
    return after


@part
def read_emoji(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """Read an emoji with all that belongs to it, its skin tones left out."""
    text, characters = batch.text, batch.characters
    entry, kind, place = look(text, characters, start)
    state, chunk, size = feed(SEED, NOTHING, np.int64(0), entry & FOLD_MASK)
    _, following, after = look(text, characters, place)
    if kind == FLAG_HALF:
        if following == FLAG_HALF:
            state, chunk, size = feed(state, chunk, size, decode(text, place)[0])
            place = after
    else:
        state, chunk, place = read_sequence(text, characters, notes.counts, state, chunk, size, place)
    put(notes, note_key(vocabulary, notes, mix(state ^ chunk ^ _WORD), notes.counts[PLACES]))
    return place


@part
def read_sequence(
    text: Bytes, characters: Words32, counts: Counts, state: np.uint64, chunk: np.uint64, size: Index, place: Index
) -> tuple[np.uint64, np.uint64, Index]:
    """The rest of an emoji after its first character: tones, tag characters, and what is joined to it."""
    while True:
        entry, kind, after = look(text, characters, place)
        if kind == JOINER:
            entry, kind, beyond = look(text, characters, after)
            check_fold(counts, kind)
            if kind not in (EMOJI, TONE):
                return state, chunk, place
            state, chunk, size = feed(state, chunk, size, np.int64(_JOINER))
            after = beyond
            if kind == EMOJI:
                state, chunk, size = feed(state, chunk, size, entry & FOLD_MASK)
        elif kind == TAG_CHARACTER:
            state, chunk, size = feed(state, chunk, size, entry & FOLD_MASK)
        elif kind not in (TONE, DROPPED):
            return state, chunk, place
        place = after
