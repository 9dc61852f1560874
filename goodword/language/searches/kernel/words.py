"""Reads words of scripts with spaces, and notes every term they have."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.addresses import is_address, skip_address
from goodword.language.searches.kernel.characters import APOSTROPHE, FOLD_MASK, LETTER, REORDERS
from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.hashing import NOTHING, SALTS, SEED, feed, mix
from goodword.language.searches.kernel.noting import note, note_key, put
from goodword.language.searches.kernel.plain import (
    eight,
    fold_plain,
    hash_as_written,
    hash_folded,
    is_plain,
    word_end,
)
from goodword.language.searches.kernel.state import (
    BEGUN,
    DOUBT,
    HAS_CASE,
    PLACES,
    Batch,
    Bytes,
    Index,
    Notes,
    Vocabulary,
)
from goodword.language.searches.kernel.utf8 import check_fold, check_order, is_in_word, look
from goodword.language.searches.kernel.vocabulary import (
    LONG,
    find,
    is_among,
    lengths_of,
    may_be_known,
    shortest,
)
from goodword.language.searches.limits import WILDCARD_LENGTH
from goodword.language.searches.programs import Doubt
from goodword.language.searches.terms import TermKind

_WORD, _CASED, _PREFIX = SALTS[TermKind.WORD], SALTS[TermKind.CASED], SALTS[TermKind.PREFIX]
_SHAPE, _SHAPE_PREFIX = SALTS[TermKind.SHAPE], SALTS[TermKind.SHAPE_PREFIX]
_SIGN = ord("'")
_ANY_LETTER = ord("?")
_START = 3
_SPACE = ord(" ")
_CASE_DOUBT = int(Doubt.CASE)
_ONE = np.uint64(1)


@inlined
def read_plain_words(vocabulary: Vocabulary, notes: Notes, text: Bytes, start: Index) -> Index:
    """Read words of ASCII as long as each is followed by a space, as most are; gives the place of what is no such.

    They are only put down, and looked up all at once by `look_words_up`: so the processor seldom guesses wrong.
    """
    while True:
        end = word_end(text, start)
        if end == start or text[end] != _SPACE or end - start > LONG:
            return start
        put_plain(vocabulary, notes, text, start, end)
        start = end + 1


@part
def read_word(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """Read the word or address that starts here; gives the place after it."""
    text = batch.text
    end = word_end(text, start)
    follower = text[end]
    if follower >= 0x80 or follower == _SIGN or end - start > LONG:
        return read_letters(vocabulary, notes, batch, start)
    if (follower == ord(":") or follower == ord(".")) and is_address(text, batch.characters, start):
        return skip_address(text, batch.characters, notes.counts, start)
    put_plain(vocabulary, notes, text, start, end)
    return end


@inlined
def put_plain(vocabulary: Vocabulary, notes: Notes, text: Bytes, start: Index, end: Index) -> None:
    """Put a word of ASCII down."""
    if len(vocabulary.shape_lengths):
        keep_letters(notes, text, start, end)
        note_shapes(vocabulary, notes, end - start, notes.counts[PLACES])
    at = put_word(notes, start, end, hash_folded(text, start, end, _WORD))
    begun = notes.counts[BEGUN]
    notes.begun[begun] = at
    notes.counts[BEGUN] = begun + (lengths_of(vocabulary, fold_plain(eight(text, start))) != NOTHING)


@inlined
def put_word(notes: Notes, start: Index, end: Index, key: np.uint64) -> Index:
    """Put a word down, to be looked up later."""
    at = put(notes, -1)
    notes.word_keys[at] = key
    notes.word_starts[at] = start
    notes.word_ends[at] = end
    return at


@inlined
def look_words_up(vocabulary: Vocabulary, notes: Notes, text: Bytes) -> None:
    """Note the terms among all the words that have been put down."""
    pending: Index = 0
    for at in range(notes.counts[PLACES]):
        notes.pending[pending] = at
        pending += may_be_known(vocabulary, notes.word_keys[at])
    for index in range(pending):
        at = notes.pending[index]
        term = find(vocabulary, notes.word_keys[at])
        if term >= 0:
            notes.words_at[at] = term
            note(vocabulary, notes, term, at)
            if vocabulary.flags[term] & HAS_CASE:
                note_case(vocabulary, notes, text, notes.word_starts[at], notes.word_ends[at], at)
    look_beginnings_up(vocabulary, notes, text)


@part
def read_letters(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """As `read_word`, of any word, letter by letter."""
    text, characters, counts = batch.text, batch.characters, notes.counts
    state, chunk, lengths = SEED, NOTHING, NOTHING
    length: Index = np.int64(0)
    size: Index = np.int64(0)
    entry, kind, place = look(text, characters, start)
    while True:
        letter = entry & FOLD_MASK
        if length < WILDCARD_LENGTH:
            notes.letters[length] = letter
        length += 1
        before = size
        state, chunk, size = feed(state, chunk, size, letter)
        if before < _START <= size:
            lengths = lengths_of(vocabulary, chunk)
        if lengths and is_among(size, lengths):
            note_key(vocabulary, notes, mix(state ^ chunk ^ _PREFIX), counts[PLACES])
        if entry & REORDERS:
            check_order(text, characters, counts, place)
        was_letter = kind == LETTER
        entry, kind, after = look(text, characters, place)
        if kind == APOSTROPHE and was_letter:
            _, following, _ = look(text, characters, after)
            check_fold(counts, following)
            if following != LETTER:
                break
            entry = np.int64(_SIGN)
        elif not is_in_word(kind):
            break
        place = after
    if len(vocabulary.shape_lengths):
        note_shapes(vocabulary, notes, length, counts[PLACES])
    put_word(notes, start, place, mix(state ^ chunk ^ _WORD))
    return place


@inlined
def look_beginnings_up(vocabulary: Vocabulary, notes: Notes, text: Bytes) -> None:
    """Note how words of ASCII begin, of those that may begin as searches ask."""
    pending: Index = 0
    for index in range(notes.counts[BEGUN]):
        at = notes.begun[index]
        start = notes.word_starts[at]
        lengths = lengths_of(vocabulary, fold_plain(eight(text, start)))
        size = shortest(lengths)
        while size <= notes.word_ends[at] - start:
            key = hash_folded(text, start, start + size, _PREFIX)
            notes.begun_keys[pending] = key
            notes.pending[pending] = at
            pending += may_be_known(vocabulary, key)
            lengths &= lengths - _ONE
            size = shortest(lengths)
    for index in range(pending):
        note_key(vocabulary, notes, notes.begun_keys[index], notes.pending[index])


@part
def keep_letters(notes: Notes, text: Bytes, start: Index, end: Index) -> None:
    """Keep the folded letters of a word of ASCII, as many as a word with `?` may have."""
    for letter in range(min(end - start, WILDCARD_LENGTH)):
        notes.letters[letter] = fold_plain(np.uint64(text[start + letter]))


@part
def note_case(vocabulary: Vocabulary, notes: Notes, text: Bytes, start: Index, end: Index, at: Index) -> None:
    """Note a word in its case. Only of plain ASCII is the case known here; of others the reference decides."""
    if is_plain(text, start, end):
        note_key(vocabulary, notes, hash_as_written(text, start, end, _CASED), at)
    else:
        notes.counts[DOUBT] |= _CASE_DOUBT


@part
def note_shapes(vocabulary: Vocabulary, notes: Notes, length: Index, at: Index) -> None:
    """Look the word up with `?` at the places that searches have them; a negative length is that of a beginning."""
    for index in range(len(vocabulary.shape_lengths)):
        wanted = vocabulary.shape_lengths[index]
        whole = wanted == length
        if not whole and (wanted >= 0 or -wanted > length):
            continue
        state, chunk = SEED, NOTHING
        size: Index = np.int64(0)
        for place in range(abs(wanted)):
            hidden = vocabulary.shape_places[index] >> np.uint64(place) & _ONE
            letter = np.int64(_ANY_LETTER) if hidden else np.int64(notes.letters[place])
            state, chunk, size = feed(state, chunk, size, letter)
        note_key(vocabulary, notes, mix(state ^ chunk ^ (_SHAPE if whole else _SHAPE_PREFIX)), at)
