"""Cuts UTF-8 into words exactly as `goodword.language.searches.words` does, and notes the terms among them."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.characters import (
    ADDRESS_END,
    APOSTROPHE,
    CLASS_MASK,
    CLASS_SHIFT,
    DIGIT,
    DROPPED,
    EMOJI,
    FLAG_HALF,
    FOLD_MASK,
    JOINER,
    LETTER,
    POST_END,
    REORDERS,
    SLOW,
    SPACE,
    TAG_CHARACTER,
    TONE,
    UNSPACED,
    ZONE_END,
)
from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.state import (
    DOUBT,
    HAS_CASE,
    IS_SLOW,
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
from goodword.language.searches.kernel.vocabulary import SALTS, SEED, find, finish, note, note_seldom, roll
from goodword.language.searches.limits import PREFIX_LENGTH, WILDCARD_LENGTH
from goodword.language.searches.programs import Doubt
from goodword.language.searches.terms import TermKind

_TAG, _HANDLE, _PAIR = SALTS[TermKind.TAG], SALTS[TermKind.HANDLE], SALTS[TermKind.PAIR]
_PREFIX, _SHAPE, _SHAPE_PREFIX = SALTS[TermKind.PREFIX], SALTS[TermKind.SHAPE], SALTS[TermKind.SHAPE_PREFIX]
_CASED = SALTS[TermKind.CASED]
_ANY_LETTER = np.uint64(ord("?"))
_APOSTROPHE = np.uint64(ord("'"))
_JOINER = np.uint64(0x200D)
_CASE_DOUBT = int(Doubt.CASE)
_ONE = np.uint64(1)
_SIX = np.uint64(6)


@part
def decode(text: Bytes, place: Index) -> tuple[Index, Index]:
    """The code point that starts at a place of valid UTF-8, if it is none of ASCII, and the place after it."""
    first = np.int64(text[place])
    second = np.int64(text[place + 1]) & 0x3F
    if first < 0xE0:
        return (first & 0x1F) << 6 | second, place + 2
    third = np.int64(text[place + 2]) & 0x3F
    if first < 0xF0:
        return (first & 0x0F) << 12 | second << 6 | third, place + 3
    return (first & 0x07) << 18 | second << 12 | third << 6 | (np.int64(text[place + 3]) & 0x3F), place + 4


@inlined
def look(text: Bytes, characters: Words32, place: Index) -> tuple[Index, Index, Index]:
    """The entry of the character at a place in the table, its class, and the place after it."""
    code: Index = np.int64(text[place])
    after = place + 1
    if code >= 0x80:
        code, after = decode(text, place)
    entry = np.int64(characters[code])
    return entry, entry >> CLASS_SHIFT & CLASS_MASK, after


@inlined
def is_in_word(kind: Index) -> bool:
    """Whether a character of this class belongs to a word of a script with spaces."""
    return kind in (LETTER, DIGIT)


@part
def check_order(text: Bytes, characters: Words32, counts: Counts, after: Index) -> None:
    """After a mark that may reorder: if another follows, only normalisation knows their order."""
    entry, _, _ = look(text, characters, after)
    if entry & REORDERS:
        counts[IS_SLOW] = 1


@part
def is_address(text: Bytes, characters: Words32, place: Index) -> bool:
    """Whether a web address starts here: `http://`, `https://` or `www.`, and a letter or digit."""
    first = text[place] | 32
    if first == ord("w"):
        if text[place + 1] | 32 != ord("w") or text[place + 2] | 32 != ord("w") or text[place + 3] != ord("."):
            return False
        place += 4
    elif first == ord("h"):
        if text[place + 1] | 32 != ord("t") or text[place + 2] | 32 != ord("t") or text[place + 3] | 32 != ord("p"):
            return False
        place += 5 if text[place + 4] | 32 == ord("s") else 4
        if text[place] != ord(":") or text[place + 1] != ord("/") or text[place + 2] != ord("/"):
            return False
        place += 3
    else:
        return False
    _, kind, _ = look(text, characters, place)
    return is_in_word(kind) or kind in (UNSPACED, SLOW, DROPPED)


@part
def skip_address(text: Bytes, characters: Words32, counts: Counts, place: Index) -> Index:
    """The place after an address: its last letter, digit or character that an address may end in."""
    end = place
    while True:
        entry, kind, after = look(text, characters, place)
        if kind in (SPACE, ADDRESS_END, POST_END, ZONE_END):
            return end
        if kind in (SLOW, DROPPED):
            counts[IS_SLOW] = 1
        code = entry & FOLD_MASK
        if is_in_word(kind) or kind == UNSPACED or is_tail(code):
            end = after
        place = after


@inlined
def is_tail(code: Index) -> bool:
    """Whether an address may end in this character, though it is neither letter nor digit."""
    return (
        code == ord("/") or code == ord("=") or code == ord("&") or code == ord("-") or code == ord("+")
        or code == ord("%") or code == ord("#") or code == ord("~") or code == ord("@") or code == ord("$")
        or code == ord("*")
    )  # fmt: skip


@inlined
def put(notes: Notes, word: Index) -> Index:
    """Take the next place for a word, which may be unknown (-1)."""
    place: Index = notes.counts[PLACES]
    notes.words_at[place] = word
    notes.pairs_at[place] = -1
    notes.tags_at[place + 1] = -1
    notes.counts[PLACES] = place + 1
    return place


@inlined
def read_word(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """Read the word that starts here and note every term it has; gives the place after it."""
    text, characters = batch.text, batch.characters
    prefixes = vocabulary.prefixes
    has_prefixes = len(prefixes) > 1
    has_shapes = len(vocabulary.shape_lengths) > 0
    prefix_mask = np.uint64(len(prefixes) * 64 - 1)
    state = SEED
    length = 0
    entry, kind, place = look(text, characters, start)
    while True:
        letter = np.uint64(entry & FOLD_MASK)
        state = roll(state, letter)
        if has_shapes and length < WILDCARD_LENGTH:
            notes.letters[length] = letter
        length += 1
        if has_prefixes and length >= PREFIX_LENGTH:
            bit = (state >> np.uint64(20)) & prefix_mask
            if prefixes[bit >> _SIX] >> (bit & np.uint64(63)) & _ONE:
                term = find(vocabulary.slots, vocabulary.keys, finish(state ^ _PREFIX))
                if term >= 0:
                    note_seldom(vocabulary, notes, term, notes.counts[PLACES])
        if entry & REORDERS:
            check_order(text, characters, notes.counts, place)
        was_letter = kind == LETTER
        byte = text[place]
        if byte < 0x80:
            entry, after = np.int64(characters[byte]), place + 1
            kind = entry >> CLASS_SHIFT & CLASS_MASK
        else:
            entry, kind, after = look(text, characters, place)
        if kind == APOSTROPHE and was_letter:
            _, following, _ = look(text, characters, after)
            if following in (SLOW, DROPPED):
                notes.counts[IS_SLOW] = 1
            if following != LETTER:
                break
            entry = np.int64(_APOSTROPHE)
        elif not is_in_word(kind):
            break
        place = after
    term = find(vocabulary.slots, vocabulary.keys, finish(state))
    at = put(notes, term)
    if term >= 0:
        note(vocabulary, notes, term, at)
        if vocabulary.flags[term] & HAS_CASE:
            note_case(vocabulary, notes, text, start, place, at)
    if has_shapes:
        note_shapes(vocabulary, notes, length, at)
    return place


@part
def note_case(vocabulary: Vocabulary, notes: Notes, text: Bytes, start: Index, end: Index, at: Index) -> None:
    """Note a word in its case. Only of plain ASCII is the case known here; of others the reference decides."""
    state = SEED
    plain = True
    for place in range(start, end):
        plain = plain and text[place] < 0x80
        state = roll(state, np.uint64(text[place]))
    if not plain:
        notes.counts[DOUBT] |= _CASE_DOUBT
        return
    term = find(vocabulary.slots, vocabulary.keys, finish(state ^ _CASED))
    if term >= 0:
        note_seldom(vocabulary, notes, term, at)


@part
def note_shapes(vocabulary: Vocabulary, notes: Notes, length: Index, at: Index) -> None:
    """Look the word up with `?` at the places that searches have them; a negative length is that of a beginning."""
    for index in range(len(vocabulary.shape_lengths)):
        wanted = vocabulary.shape_lengths[index]
        whole = wanted == length
        if not whole and (wanted >= 0 or -wanted > length):
            continue
        state = SEED
        for letter in range(abs(wanted)):
            hidden = vocabulary.shape_places[index] >> np.uint64(letter) & _ONE
            state = roll(state, _ANY_LETTER if hidden else np.uint64(notes.letters[letter]))
        term = find(vocabulary.slots, vocabulary.keys, finish(state ^ (_SHAPE if whole else _SHAPE_PREFIX)))
        if term >= 0:
            note_seldom(vocabulary, notes, term, at)


@part
def read_letter(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """Read one letter of a script without spaces: note it, and the pair it makes with the one before."""
    text, characters = batch.text, batch.characters
    entry, _, after = look(text, characters, start)
    if entry & REORDERS:
        check_order(text, characters, notes.counts, after)
    letter = np.uint64(entry & FOLD_MASK)
    term = find(vocabulary.slots, vocabulary.keys, finish(roll(SEED, letter)))
    at = put(notes, term)
    if term >= 0:
        note_seldom(vocabulary, notes, term, at)
    if notes.counts[LETTER_END] == start:
        before = np.uint64(notes.letters[WILDCARD_LENGTH])
        pair = find(vocabulary.slots, vocabulary.keys, finish(roll(roll(SEED, before), letter) ^ _PAIR))
        notes.pairs_at[at - 1] = pair
        if pair >= 0:
            note_seldom(vocabulary, notes, pair, at - 1)
    notes.letters[WILDCARD_LENGTH] = letter
    notes.counts[LETTER_END] = after
    return after


@part
def read_emoji(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """Read an emoji with all that belongs to it, its skin tones left out."""
    text, characters = batch.text, batch.characters
    entry, kind, place = look(text, characters, start)
    state = roll(SEED, np.uint64(entry & FOLD_MASK))
    _, following, after = look(text, characters, place)
    if kind == FLAG_HALF:
        if following == FLAG_HALF:
            state = roll(state, np.uint64(decode(text, place)[0]))
            place = after
    else:
        state, place = read_sequence(text, characters, notes.counts, state, place)
    term = find(vocabulary.slots, vocabulary.keys, finish(state))
    at = put(notes, term)
    if term >= 0:
        note_seldom(vocabulary, notes, term, at)
    return place


@part
def read_sequence(
    text: Bytes, characters: Words32, counts: Counts, state: np.uint64, place: Index
) -> tuple[np.uint64, Index]:
    """The rest of an emoji after its first character: tones, tag characters, and what is joined to it."""
    while True:
        entry, kind, after = look(text, characters, place)
        if kind == JOINER:
            entry, kind, beyond = look(text, characters, after)
            if kind in (DROPPED, SLOW):
                counts[IS_SLOW] = 1
            if kind not in (EMOJI, TONE):
                return state, place
            state = roll(state, _JOINER)
            after = beyond
            if kind == EMOJI:
                state = roll(state, np.uint64(entry & FOLD_MASK))
        elif kind == TAG_CHARACTER:
            state = roll(state, np.uint64(entry & FOLD_MASK))
        elif kind not in (TONE, DROPPED):
            return state, place
        place = after


@part
def read_run(
    text: Bytes, characters: Words32, counts: Counts, place: Index, letters: bool, words: bool
) -> tuple[np.uint64, Index]:
    """The hash of a run of words' characters (`words`) and letters of scripts without spaces (`letters`)."""
    state = SEED
    was_letter = False
    while True:
        entry, kind, after = look(text, characters, place)
        if kind in (SLOW, DROPPED):
            counts[IS_SLOW] = 1
        inside = (words and is_in_word(kind)) or (letters and kind == UNSPACED)
        if words and was_letter and kind == APOSTROPHE:
            _, following, _ = look(text, characters, after)
            inside = following == LETTER
            entry = np.int64(_APOSTROPHE)
        if not inside:
            return state, place
        if entry & REORDERS:
            check_order(text, characters, counts, after)
        state = roll(state, np.uint64(entry & FOLD_MASK))
        was_letter = kind == LETTER
        place = after


@inlined
def read_tag(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> None:
    """At `#`: note the hashtag, if one follows. Its words are read after it as any others."""
    text, characters = batch.text, batch.characters
    _, kind, _ = look(text, characters, start)
    if (is_in_word(kind) or kind == UNSPACED) and not is_address(text, characters, start):
        state, _ = read_run(text, characters, notes.counts, start, True, True)
        term = find(vocabulary.slots, vocabulary.keys, finish(state ^ _TAG))
        at = notes.counts[PLACES]
        notes.tags_at[at] = term
        if term >= 0:
            note_seldom(vocabulary, notes, term, at)


@inlined
def read_handle(vocabulary: Vocabulary, notes: Notes, batch: Batch, start: Index) -> Index:
    """At `@`: note the handle, if one follows; gives the place after it."""
    text, characters = batch.text, batch.characters
    _, kind, _ = look(text, characters, start)
    if not (is_in_word(kind) or kind == UNSPACED) or is_address(text, characters, start):
        return start
    state, end = read_run(text, characters, notes.counts, start, kind == UNSPACED, kind != UNSPACED)
    term = find(vocabulary.slots, vocabulary.keys, finish(state ^ _HANDLE))
    at = put(notes, term)
    if term >= 0:
        note_seldom(vocabulary, notes, term, at)
    return end
