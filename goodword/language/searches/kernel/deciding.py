"""Decides whether the searches that a post's terms point to match it."""

from __future__ import annotations

import numpy as np

from goodword.language.searches.kernel.compiled import inlined, part
from goodword.language.searches.kernel.state import (
    DOUBT,
    HITS,
    PLACES,
    STAMP,
    ZONE_BORDER,
    Batch,
    Index,
    Notes,
    Numbers,
    Programs,
    Vocabulary,
)
from goodword.language.searches.programs import FAILS, HOLDS, OP_SHIFT, TARGET_SHIFT, Doubt, Op

_ARGUMENT = (1 << OP_SHIFT) - 1
_TARGET = (1 << TARGET_SHIFT) - 1
_TERM, _PHRASE, _NEAR = int(Op.TERM), int(Op.PHRASE), int(Op.NEAR)
_ALWAYS, _REMOVED = int(Doubt.ALWAYS), int(Doubt.REMOVED)
_LEFT_START, _LEFT_END, _RIGHT_START, _RIGHT_END = 1, 2, 4, 8
_NEVER = -(1 << 40)


@inlined
def stands(programs: Programs, notes: Notes, unit: Index, start: Index) -> bool:
    """Whether all the words of a phrase stand where they must if it starts at this place."""
    for element in range(programs.unit_starts[unit] + 1, programs.unit_starts[unit + 1]):
        place = start + programs.element_offsets[element]
        if place < 0 or place >= notes.counts[PLACES]:
            return False
        term = programs.element_terms[element]
        if notes.words_at[place] != term and notes.tags_at[place] != term and notes.pairs_at[place] != term:
            return False
    return True


@inlined
def phrase_holds(programs: Programs, notes: Notes, unit: Index) -> bool:
    """Whether a phrase stands anywhere: tried at each place of its rarest word."""
    pivot = programs.unit_starts[unit]
    term = programs.element_terms[pivot]
    if notes.stamps[term] != notes.counts[STAMP]:
        return False
    link = notes.chain_heads[term]
    while link >= 0:
        if stands(programs, notes, unit, notes.chain_places[link] - programs.element_offsets[pivot]):
            return True
        link = notes.chain_next[link]
    return False


@part
def mark_units(programs: Programs, notes: Notes, first: Index, last: Index, start_mark: Index, end_mark: Index) -> bool:
    """Mark where the units of one side of a NEAR start and end; whether there is any."""
    found = False
    for index in range(first, last):
        unit = programs.near_units[index]
        pivot = programs.unit_starts[unit]
        term = programs.element_terms[pivot]
        if notes.stamps[term] != notes.counts[STAMP]:
            continue
        link = notes.chain_heads[term]
        while link >= 0:
            start = notes.chain_places[link] - programs.element_offsets[pivot]
            if stands(programs, notes, unit, start):
                found = True
                notes.marks[start] |= start_mark
                notes.marks[start + programs.unit_widths[unit] - 1] |= end_mark
            link = notes.chain_next[link]
    return found


@inlined
def any_unit_seen(programs: Programs, notes: Notes, first: Index, last: Index) -> bool:
    """Whether the rarest word of any of these units has been seen."""
    for index in range(first, last):
        term = programs.element_terms[programs.unit_starts[programs.near_units[index]]]
        if notes.stamps[term] == notes.counts[STAMP]:
            return True
    return False


@inlined
def near_may_hold(programs: Programs, notes: Notes, near: Index) -> bool:
    """Whether both sides of a NEAR have been seen at all; most have not, and that is cheap to tell."""
    first, middle = programs.near_starts[2 * near], programs.near_starts[2 * near + 1]
    last = programs.near_starts[2 * near + 2]
    return any_unit_seen(programs, notes, first, middle) and any_unit_seen(programs, notes, middle, last)


@part
def near_holds(programs: Programs, notes: Notes, near: Index) -> bool:
    """Whether both sides of a NEAR stand close enough, without overlapping: one walk over the places."""
    middle = programs.near_starts[2 * near + 1]
    places = notes.counts[PLACES]
    for place in range(places):
        notes.marks[place] = 0
    if not mark_units(programs, notes, programs.near_starts[2 * near], middle, _LEFT_START, _LEFT_END):
        return False
    if not mark_units(programs, notes, middle, programs.near_starts[2 * near + 2], _RIGHT_START, _RIGHT_END):
        return False
    reach = programs.near_distances[near] + 1
    ordered = programs.near_ordered[near]
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
def program_holds(programs: Programs, notes: Notes, batch: Batch, search: Index, post: Index) -> bool:
    """Run the program of a search; an empty one holds, for its terms said it all."""
    base = programs.starts[search]
    test = programs.starts[search + 1] - 1
    while test >= base:
        op = programs.code[test] >> OP_SHIFT
        argument = np.int64(programs.code[test] & _ARGUMENT)
        if op == _TERM:
            holds = notes.stamps[argument] == notes.counts[STAMP]
        elif op == _PHRASE:
            holds = phrase_holds(programs, notes, argument)
        elif op == _NEAR:
            holds = near_may_hold(programs, notes, argument) and near_holds(programs, notes, argument)
        else:
            number = batch.numbers[programs.number_columns[argument], post]
            holds = programs.number_lows[argument] <= number <= programs.number_highs[argument]
        targets = programs.targets[test]
        target = np.int64(targets >> TARGET_SHIFT if holds else targets & _TARGET)
        if target >= FAILS:
            return bool(target == HOLDS)
        test = base + target
    return True


@inlined
def decide(
    vocabulary: Vocabulary, programs: Programs, notes: Notes, batch: Batch, post: Index, out: Numbers, filled: Index
) -> Index:
    """Write the searches that match into `out` from `filled` on, in order; gives the new end, or -1 if it is full."""
    counts = notes.counts
    stamp = counts[STAMP]
    begin = filled
    for hit in range(counts[HITS]):
        term = notes.hits[hit]
        for index in range(vocabulary.filed_starts[term], vocabulary.filed_starts[term + 1]):
            second = vocabulary.second[index]
            if second >= 0 and notes.stamps[second] != stamp:
                continue
            search = vocabulary.filed[index]
            if notes.seen[search] == stamp:
                continue
            notes.seen[search] = stamp
            doubt = programs.doubts[search]
            doubtful = doubt & counts[DOUBT]
            if doubt & _REMOVED or not (doubtful or program_holds(programs, notes, batch, search, post)):
                continue
            if filled == len(out):
                return -1
            out[filled] = -1 - search if doubtful or doubt & _ALWAYS else search
            filled += 1
    sort(out, begin, filled)
    return filled


@part
def sort(out: Numbers, begin: Index, end: Index) -> None:
    """Put the searches of one post in order, those for the reference among the others: Shell's sort."""
    gap = np.int64(end - begin) // 2
    while gap > 0:
        for index in range(begin + gap, end):
            value = out[index]
            rank = max(value, -1 - value)
            place: Index = index
            while place >= begin + gap and max(out[place - gap], -1 - out[place - gap]) > rank:
                out[place] = out[place - gap]
                place -= gap
            out[place] = value
        gap //= 2
