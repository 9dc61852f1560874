"""A segment without what only its removed searches had: their ids, programs and terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from goodword.language.searches.kernel.state import PROGRAM, SEARCH, SECOND, Numbers, Programs, Rows, Words64
from goodword.language.searches.merge import renumbered
from goodword.language.searches.needles import Needles
from goodword.language.searches.programs import (
    ARGUMENT_MASK,
    ARGUMENT_SHIFT,
    FAILS,
    HOLDS_SHIFT,
    OP_SHIFT,
    STEP_MASK,
    Op,
)
from goodword.language.searches.segment import Segment, file_rows, filed_rows, hashes_of, tables_for
from goodword.language.searches.terms import TermKind, field_key

Mask = npt.NDArray[np.bool_]


class _Kept(NamedTuple):
    """What is still needed of the tables that tests point at."""

    tests: Mask
    terms: Mask
    units: Mask
    nears: Mask
    numbers: Mask


def compacted(segment: Segment) -> Segment:
    """The same searches in the same order. What is looked for among words with `?` and beginnings stays as wide as it
    was: it is kept by length, not by search."""
    rows, programs = filed_rows(segment.vocabulary), segment.programs
    numbers = np.unique(rows[:, 1 + SEARCH])
    kept = _kept(rows, programs, len(segment.vocabulary.keys))
    term, search, second, program, marks = rows.T
    terms = _places(kept.terms)
    filed = np.column_stack([
        terms[term],
        np.searchsorted(numbers, search),
        renumbered(second, terms),
        renumbered(program, _places(kept.tests)),
        marks,
    ])  # fmt: skip
    keys = segment.vocabulary.keys[kept.terms]
    starts, rows = file_rows(filed.astype(np.int32), len(keys))
    slots, known = tables_for(keys)
    asked = segment.vocabulary.number_terms
    asked = np.where(np.isin(asked, np.flatnonzero(kept.terms)), asked, np.int32(-1))
    return Segment(
        ids=[segment.ids[number] for number in numbers.tolist()],
        vocabulary=segment.vocabulary._replace(
            slots=slots,
            keys=keys,
            known=known,
            flags=segment.vocabulary.flags[kept.terms],
            filed_starts=starts,
            filed=rows,
            number_terms=renumbered(asked, terms),
        ),
        programs=_compacted_programs(programs, kept),
        fields=segment.fields,
        characters={name: _still_asked(name, needles.parts, keys) for name, needles in segment.characters.items()},
        doubtful={
            place: segment.doubtful[number]
            for place, number in enumerate(numbers.tolist())
            if number in segment.doubtful
        },
    )


def _still_asked(name: str, parts: Sequence[str], keys: Words64) -> Needles:
    asked = np.isin(hashes_of([(TermKind.FIELD, field_key(name, part)) for part in parts]), keys)
    return Needles(part for part, still in zip(parts, asked.tolist(), strict=True) if still)


def _places(kept: Mask) -> Numbers:
    """For each row that is kept its new place."""
    return np.cumsum(kept, dtype=np.int32) - np.int32(1)


def _parts(tests: Words64) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The kinds of tests, and their arguments."""
    return (
        (tests >> np.uint64(OP_SHIFT)).astype(np.int64),
        (tests >> np.uint64(ARGUMENT_SHIFT) & np.uint64(ARGUMENT_MASK)).astype(np.int64),
    )


def _steps(tests: Words64) -> list[npt.NDArray[np.int64]]:
    """How many tests to go back where each holds, and where it fails; `FAILS` and more where the program ends."""
    return [(tests >> np.uint64(shift) & np.uint64(STEP_MASK)).astype(np.int64) for shift in (HOLDS_SHIFT, 0)]


def _kept(rows: npt.NDArray[np.int32], programs: Programs, terms: int) -> _Kept:
    tests = _reached(programs.tests, rows[:, 1 + PROGRAM])
    operations, arguments = _parts(programs.tests[tests])
    nears = _mask(len(programs.nears), arguments[operations == Op.NEAR])
    units = _mask(len(programs.units) - 1, arguments[operations == Op.PHRASE])
    for first, _, end in programs.nears[nears, :3].tolist():
        units[first:end] = True
    of_units = programs.elements[np.repeat(units, np.diff(programs.units[:, 0])), 0]
    seconds = rows[:, 1 + SECOND]
    used = (rows[:, 0], seconds[seconds >= 0], arguments[operations == Op.TERM], of_units)
    numbers = _mask(len(programs.number_lows), arguments[operations == Op.NUMBER])
    return _Kept(tests, _mask(terms, np.concatenate(used)), units, nears, numbers)


def _mask(length: int, places: npt.NDArray[np.integer]) -> Mask:
    mask = np.zeros(length, np.bool_)
    mask[places] = True
    return mask


def _reached(tests: Words64, starts: Numbers) -> Mask:
    """The tests that a program comes to, in rounds of one step each."""
    reached = np.zeros(len(tests), np.bool_)
    here = np.unique(starts[starts >= 0]).astype(np.int64)
    while len(here):
        reached[here] = True
        following = [(here - steps)[steps < FAILS] for steps in _steps(tests[here])]
        operations, arguments = _parts(tests[here])
        for last, count in zip(here[operations == Op.ANY], arguments[operations == Op.ANY], strict=True):
            reached[last - count : last] = True  # it stands for the tests before it, which lead nowhere else
        after = np.unique(np.concatenate(following))
        here = after[~reached[after]]
    return reached


def _compacted_programs(programs: Programs, kept: _Kept) -> Programs:
    units, nears = _places(kept.units), programs.nears[kept.nears]
    of_unit = np.diff(programs.units[:, 0])
    elements = programs.elements[np.repeat(kept.units, of_unit)]
    begins = np.cumsum(np.concatenate([np.zeros(1, np.int32), of_unit[kept.units]]), dtype=np.int32)
    widths = np.append(programs.units[:-1, 1][kept.units], np.int32(0))
    return Programs(
        tests=_moved_tests(programs.tests, kept),
        units=np.ascontiguousarray(np.column_stack([begins, widths])),
        elements=np.ascontiguousarray(np.column_stack([_places(kept.terms)[elements[:, 0]], elements[:, 1]])),
        nears=_moved_nears(nears, units),
        number_columns=programs.number_columns[kept.numbers],
        number_lows=programs.number_lows[kept.numbers],
        number_highs=programs.number_highs[kept.numbers],
    )


def _moved_nears(nears: Rows, units: Numbers) -> Rows:
    moved = nears.copy()
    for column, shift in ((0, 0), (1, 0), (2, 1)):  # the third is the unit after the last
        moved[:, column] = units[nears[:, column] - shift] + shift
    return moved


def _moved_tests(tests: Words64, kept: _Kept) -> Words64:
    """The tests that are kept, with their arguments, and the steps between them, as they are then."""
    places, here = _places(kept.tests).astype(np.int64), np.flatnonzero(kept.tests)
    operations, arguments = _parts(tests[here])
    for operation, mask in (
        (Op.TERM, kept.terms),
        (Op.PHRASE, kept.units),
        (Op.NEAR, kept.nears),
        (Op.NUMBER, kept.numbers),
    ):
        mine = operations == operation
        arguments[mine] = _places(mask)[arguments[mine]]
    held, failed = (
        np.where(steps < FAILS, places[here] - places[np.where(steps < FAILS, here - steps, 0)], steps)
        for steps in _steps(tests[here])
    )
    moved = operations.astype(np.uint64) << np.uint64(OP_SHIFT)
    for values, shift in ((arguments, ARGUMENT_SHIFT), (held, HOLDS_SHIFT), (failed, 0)):
        moved |= values.astype(np.uint64) << np.uint64(shift)
    return moved
