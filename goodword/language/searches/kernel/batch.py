"""The kernel's one entry: a batch of posts against all searches of a segment."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.characters import (
    AT,
    DIGIT,
    DROPPED,
    EMOJI,
    END_OF_POST,
    FLAG_HALF,
    HASH,
    LETTER,
    POST_END,
    QUESTION,
    SLOW,
    SPACE,
    TONE,
    UNSPACED,
    ZONE_END,
)
from goodword.language.searches.kernel.compiled import compiled, inlined, part
from goodword.language.searches.kernel.deciding import decide
from goodword.language.searches.kernel.emoji import read_emoji, read_letter
from goodword.language.searches.kernel.hashing import mix
from goodword.language.searches.kernel.noting import note, note_key, put
from goodword.language.searches.kernel.state import (
    COUNTS,
    DOUBT,
    HITS,
    IS_SLOW,
    LETTER_END,
    OVERFLOW,
    STAMP,
    ZONE_BORDER,
    ZONES,
    Batch,
    Found,
    Index,
    Notes,
    Programs,
    Vocabulary,
)
from goodword.language.searches.kernel.tags import read_handle, read_tag
from goodword.language.searches.kernel.utf8 import look
from goodword.language.searches.kernel.words import look_words_up, read_plain_words, read_word
from goodword.language.searches.programs import Doubt

_END_OF_POST = ord(END_OF_POST)
_ZONE_DOUBT, _CASE_DOUBT = int(Doubt.ZONES), int(Doubt.CASE)
_QUESTION_THRESHOLD = 0.5
_QUESTION_ROW = 2


@compiled
def match_batch(vocabulary: Vocabulary, programs: Programs, notes: Notes, batch: Batch, found: Found) -> bool:
    """Fill `found`. False if the room in `found.matches` or for chained places ran out: try again with more."""
    counts = notes.counts
    place: Index = 0
    filled: Index = 0
    for post in range(len(found.ends)):
        start_post(notes, batch.folded)
        note_fields(vocabulary, notes, batch, post)
        place = read_post(vocabulary, notes, batch, place)
        found.slow[post] = counts[IS_SLOW]
        if not counts[IS_SLOW]:
            filled = decide(vocabulary, programs, notes, batch, post, found.matches, filled)
        if filled < 0 or counts[OVERFLOW]:
            return False
        found.ends[post] = filled
    return True


@inlined
def start_post(notes: Notes, folded: bool) -> None:
    """Forget the post before. Of a folded text the case is not known."""
    counts = notes.counts
    counts[STAMP] += 1
    for row in range(HITS, COUNTS):
        counts[row] = 0
    counts[LETTER_END] = -1
    if folded:
        counts[DOUBT] = _CASE_DOUBT
    notes.tags_at[0] = -1


@inlined
def note_fields(vocabulary: Vocabulary, notes: Notes, batch: Batch, post: Index) -> None:
    """Note the terms that the post's fields give."""
    for row in range(batch.columns.shape[0]):
        note_value(vocabulary, notes, batch.columns[row, post])
    for index in range(batch.listed_ends[post - 1] if post else 0, batch.listed_ends[post]):
        note_value(vocabulary, notes, batch.listed_keys[index])
    for row in range(batch.numbers.shape[0]):
        term = vocabulary.number_terms[row]
        number = batch.numbers[row, post]
        if term >= 0 and (number >= _QUESTION_THRESHOLD if row == _QUESTION_ROW else not np.isnan(number)):
            note_seldom(vocabulary, notes, term)


@inlined
def note_value(vocabulary: Vocabulary, notes: Notes, key: np.uint64) -> None:
    """Note the term of a field's value; 0 is none."""
    if key:
        note_key(vocabulary, notes, mix(key), 0)


@part
def note_seldom(vocabulary: Vocabulary, notes: Notes, term: Index) -> None:
    """As `note` of a term that stands nowhere; seldom called and not worth being put in."""
    note(vocabulary, notes, term, 0)


@inlined
def read_post(vocabulary: Vocabulary, notes: Notes, batch: Batch, place: Index) -> Index:
    """Read the texts of one post and note their terms; gives the place after it. Stops where it turns out slow."""
    counts, text, characters = notes.counts, batch.text, batch.characters
    while True:
        place = read_plain_words(vocabulary, notes, text, place)
        _, kind, after = look(text, characters, place)
        if kind <= SPACE:
            place = after
        elif kind in (LETTER, DIGIT):
            place = read_word(vocabulary, notes, batch, place)
        elif kind == UNSPACED:
            place = read_letter(vocabulary, notes, batch, place)
        elif kind in (EMOJI, TONE, FLAG_HALF):
            place = read_emoji(vocabulary, notes, batch, place)
        elif kind == AT:
            place = read_handle(vocabulary, notes, batch, after)
        elif kind == POST_END:
            look_words_up(vocabulary, notes, text)
            return after
        else:
            note_sign(vocabulary, notes, batch, kind, after)
            place = after
        if counts[IS_SLOW]:
            while text[place] != _END_OF_POST:
                place += 1
            return place + 1


@part
def note_sign(vocabulary: Vocabulary, notes: Notes, batch: Batch, kind: Index, after: Index) -> None:
    """Note what a sign that is no word says: a tag, the end of a text, a question, or that the post is slow."""
    counts = notes.counts
    if kind == HASH:
        read_tag(vocabulary, notes, batch, after)
    elif kind == ZONE_END:
        counts[ZONES] += 1
        counts[DOUBT] |= _ZONE_DOUBT
        put(notes, ZONE_BORDER)
    elif kind == QUESTION and not counts[ZONES] and vocabulary.number_terms[_QUESTION_ROW] >= 0:
        note_seldom(vocabulary, notes, vocabulary.number_terms[_QUESTION_ROW])
    elif kind in (SLOW, DROPPED):
        counts[IS_SLOW] = 1
