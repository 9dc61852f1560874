"""Reads hashtags and handles."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.addresses import is_address
from goodword.language.searches.kernel.characters import APOSTROPHE, FOLD_MASK, LETTER, REORDERS, UNSPACED
from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.hashing import NOTHING, SALTS, SEED, feed, mix
from goodword.language.searches.kernel.noting import note_key, put
from goodword.language.searches.kernel.state import PLACES, Batch, Bytes, Counts, Index, Notes, Vocabulary, Words32
from goodword.language.searches.kernel.utf8 import check_fold, check_order, is_in_word, look
from goodword.language.searches.terms import TermKind

_TAG, _HANDLE = SALTS[TermKind.TAG], SALTS[TermKind.HANDLE]
_SIGN = ord("'")


@inlined
def read_tag(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> None:
    """At `#`: note the hashtag, if one follows. Its words are read after it as any others."""
    text, characters = batch.text, batch.characters
    _, kind, _ = look(text, characters, start)
    if (is_in_word(kind) or kind == UNSPACED) and not is_address(text, characters, start):
        state, _ = read_run(text, characters, notes.counts, start, True, True)
        at = notes.counts[PLACES]
        notes.tags_at[at] = note_key(vocabulary, notes, mix(state ^ _TAG), at)


@inlined
def read_handle(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """At `@`: note the handle, if one follows; gives the place after it."""
    text, characters = batch.text, batch.characters
    _, kind, _ = look(text, characters, start)
    if not (is_in_word(kind) or kind == UNSPACED) or is_address(text, characters, start):
        return start
    state, end = read_run(text, characters, notes.counts, start, kind == UNSPACED, kind != UNSPACED)
    put(notes, note_key(vocabulary, notes, mix(state ^ _HANDLE), notes.counts[PLACES]))
    return end


@part
def read_run(
    text: Bytes, characters: Words32, counts: Counts, place: Index, letters: bool, words: bool
) -> tuple[np.uint64, Index]:
    """The hash, still without its salt, of a run of words' characters (`words`) and of letters of scripts without
    spaces (`letters`), and the place after it."""
    state, chunk = SEED, NOTHING
    size: Index = np.int64(0)
    was_letter = False
    while True:
        entry, kind, after = look(text, characters, place)
        check_fold(counts, kind)
        inside = (words and is_in_word(kind)) or (letters and kind == UNSPACED)
        if words and was_letter and kind == APOSTROPHE:
            _, following, _ = look(text, characters, after)
            inside = following == LETTER
            entry = np.int64(_SIGN)
        if not inside:
            return state ^ chunk, place
        if entry & REORDERS:
            check_order(text, characters, counts, after)
        state, chunk, size = feed(state, chunk, size, entry & FOLD_MASK)
        was_letter = kind == LETTER
        place = after
