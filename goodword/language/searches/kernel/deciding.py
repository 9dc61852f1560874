"""Decides whether the searches that a post's terms point to match it."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.state import (
    DOUBT,
    HITS,
    MARKS,
    PLACES,
    POST_SHIFT,
    PROGRAM,
    SEARCH,
    SECOND,
    STAMP,
    ZONE_BORDER,
    Batch,
    Counts,
    Index,
    Notes,
    Programs,
    Vocabulary,
)
from goodword.language.searches.programs import (
    ARGUMENT_MASK,
    ARGUMENT_SHIFT,
    FAILS,
    HOLDS,
    HOLDS_SHIFT,
    OP_SHIFT,
    REPEATED,
    STEP_MASK,
    Doubt,
    Op,
)

_TERM, _PHRASE, _NEAR, _ANY = int(Op.TERM), int(Op.PHRASE), int(Op.NEAR), int(Op.ANY)
_ALWAYS = int(Doubt.ALWAYS)
_LEFT_START, _LEFT_END, _RIGHT_START, _RIGHT_END = 1, 2, 4, 8
_NEVER = -(1 << 40)


@inlined
def stands(programs: Programs, notes: Notes, unit: Index, start: Index) -> bool:
    """Whether all the words of a phrase stand where they must if it starts at this place."""
    for element in range(programs.units[unit, 0] + 1, programs.units[unit + 1, 0]):
        place = start + programs.elements[element, 1]
        if place < 0 or place >= notes.counts[PLACES]:
            return False
        term = programs.elements[element, 0]
        if notes.words_at[place] != term and notes.tags_at[place] != term and notes.pairs_at[place] != term:
            return False
    return True


@inlined
def phrase_holds(programs: Programs, notes: Notes, unit: Index) -> bool:
    """Whether a phrase stands anywhere: tried at each place of its rarest word."""
    pivot = programs.units[unit, 0]
    term = programs.elements[pivot, 0]
    if notes.stamps[term] != notes.counts[STAMP]:
        return False
    link = notes.chain_heads[term]
    while link >= 0:
        if stands(programs, notes, unit, notes.chain_places[link] - programs.elements[pivot, 1]):
            return True
        link = notes.chain_next[link]
    return False


@part
def mark_units(programs: Programs, notes: Notes, first: Index, last: Index, start_mark: Index, end_mark: Index) -> bool:
    """Mark where the units of one side of a NEAR start and end; whether there is any."""
    found = False
    for unit in range(first, last):
        pivot = programs.units[unit, 0]
        term = programs.elements[pivot, 0]
        if notes.stamps[term] != notes.counts[STAMP]:
            continue
        link = notes.chain_heads[term]
        while link >= 0:
            start = notes.chain_places[link] - programs.elements[pivot, 1]
            if stands(programs, notes, unit, start):
                found = True
                notes.marks[start] |= start_mark
                notes.marks[start + programs.units[unit, 1] - 1] |= end_mark
            link = notes.chain_next[link]
    return found


@inlined
def any_unit_seen(programs: Programs, notes: Notes, first: Index, last: Index) -> bool:
    """Whether the rarest word of any of these units has been seen."""
    for unit in range(first, last):
        term = programs.elements[programs.units[unit, 0], 0]
        if notes.stamps[term] == notes.counts[STAMP]:
            return True
    return False


@inlined
def near_may_hold(programs: Programs, notes: Notes, near: Index) -> bool:
    """Whether both sides of a NEAR have been seen at all; most have not, and that is cheap to tell."""
    first, middle, last = programs.nears[near, 0], programs.nears[near, 1], programs.nears[near, 2]
    return any_unit_seen(programs, notes, first, middle) and any_unit_seen(programs, notes, middle, last)


@part
def near_holds(programs: Programs, notes: Notes, near: Index) -> bool:
    """Whether both sides of a NEAR stand close enough, without overlapping: one walk over the places."""
    first, middle, last = programs.nears[near, 0], programs.nears[near, 1], programs.nears[near, 2]
    places = notes.counts[PLACES]
    for place in range(places):
        notes.marks[place] = 0
    if not mark_units(programs, notes, first, middle, _LEFT_START, _LEFT_END):
        return False
    if not mark_units(programs, notes, middle, last, _RIGHT_START, _RIGHT_END):
        return False
    reach = programs.nears[near, 3] + 1
    ordered = programs.nears[near, 4]
    left = right = np.int64(_NEVER)
    for place in range(places):
        mark = notes.marks[place]
        if notes.words_at[place] == ZONE_BORDER:
            left = right = np.int64(_NEVER)
        if mark & _RIGHT_START and place - left <= reach:
            return True
        if mark & _LEFT_START and not ordered and place - right <= reach:
            return True
        if mark & _LEFT_END:
            left = np.int64(place)
        if mark & _RIGHT_END:
            right = np.int64(place)
    return False


@inlined
def any_term_seen(programs: Programs, notes: Notes, first: Index, last: Index) -> bool:
    """Whether the term of any of these tests has been seen."""
    seen = False
    for test in range(first, last):
        term = np.int64(programs.tests[test]) >> ARGUMENT_SHIFT & ARGUMENT_MASK
        seen |= notes.stamps[term] == notes.counts[STAMP]
    return seen


@inlined
def program_holds(programs: Programs, notes: Notes, batch: Batch, start: Index, post: Index) -> bool:
    """Run the program that starts from a test; none holds, for the terms it is filed under said it all."""
    test = start
    while test >= 0:
        coded = np.int64(programs.tests[test])
        op, argument = coded >> OP_SHIFT, coded >> ARGUMENT_SHIFT & ARGUMENT_MASK
        if op == _TERM:
            holds = notes.stamps[argument] == notes.counts[STAMP]
        elif op == _ANY:
            holds = any_term_seen(programs, notes, test - argument, test)
        elif op == _PHRASE:
            holds = phrase_holds(programs, notes, argument)
        elif op == _NEAR:
            holds = near_may_hold(programs, notes, argument) and near_holds(programs, notes, argument)
        else:
            number = batch.numbers[programs.number_columns[argument], post]
            holds = programs.number_lows[argument] <= number <= programs.number_highs[argument]
        step = (coded >> HOLDS_SHIFT if holds else coded) & STEP_MASK
        if step >= FAILS:
            return bool(step == HOLDS)
        test -= step
    return True


@inlined
def decide(
    vocabulary: Vocabulary, programs: Programs, notes: Notes, batch: Batch, post: Index, out: Counts, filled: Index
) -> Index:
    """Write the matches into `out` from `filled` on, as `Found` has them; gives the new end, or -1 if it is full."""
    counts, filed = notes.counts, vocabulary.filed
    stamp = counts[STAMP]
    for hit in range(counts[HITS]):
        term = notes.hits[hit]
        for row in range(vocabulary.filed_starts[term], vocabulary.filed_starts[term + 1]):
            second = filed[row, SECOND]
            if second >= 0 and notes.stamps[second] != stamp:
                continue
            search, marks = filed[row, SEARCH], filed[row, MARKS]
            if marks & REPEATED:
                if notes.seen[search] == stamp:
                    continue
                notes.seen[search] = stamp
            doubtful = marks & counts[DOUBT]
            if not (doubtful or program_holds(programs, notes, batch, filed[row, PROGRAM], post)):
                continue
            if filled == len(out):
                return -1
            in_doubt = 1 if doubtful or marks & _ALWAYS else 0
            out[filled] = np.int64(post) << POST_SHIFT | np.int64(search) << 1 | in_doubt
            filled += 1
    return filled
