"""Two segments into one, without compiling a search again."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from goodword.language.searches.kernel.state import Numbers, Programs, Vocabulary, Words64
from goodword.language.searches.needles import Needles
from goodword.language.searches.programs import ARGUMENT_MASK, ARGUMENT_SHIFT, OP_SHIFT, Op
from goodword.language.searches.segment import Segment, file_rows, filed_rows, tables_for

_OP, _ARGUMENT = np.uint64(OP_SHIFT), np.uint64(ARGUMENT_SHIFT)


def merge_segments(first: Segment, second: Segment) -> Segment:
    """The searches of the first segment, then those of the second. Removed ones are filed no more."""
    terms, keys = _number_terms(first.vocabulary.keys, second.vocabulary.keys)
    shift = len(first.ids)
    return Segment(
        ids=first.ids + second.ids,
        vocabulary=_merge_vocabulary(first, second, terms, keys),
        programs=_merge_programs(first.programs, second.programs, terms),
        fields=first.fields | second.fields,
        characters={
            name: Needles([*first.characters[name].parts, *second.characters[name].parts]) for name in first.characters
        },
        doubtful=first.doubtful | {shift + number: search for number, search in second.doubtful.items()},
        removed=first.removed + second.removed,
    )


def _number_terms(first: Words64, second: Words64) -> tuple[Numbers, Words64]:
    """For each term of the second its number in the merged vocabulary, and the merged keys."""
    order = np.argsort(first)
    place = np.searchsorted(first, second, sorter=order)
    known = np.zeros(len(second), np.bool_)
    inside = place < len(first)
    known[inside] = first[order[place[inside]]] == second[inside]
    terms = np.empty(len(second), np.int32)
    terms[known] = order[place[known]]
    terms[~known] = len(first) + np.arange(np.count_nonzero(~known))
    return terms, np.concatenate([first, second[~known]])


def _merge_vocabulary(first: Segment, second: Segment, terms: Numbers, keys: Words64) -> Vocabulary:
    ours, theirs = first.vocabulary, second.vocabulary
    flags = np.zeros(len(keys), np.uint8)
    flags[: len(ours.flags)] = ours.flags
    np.bitwise_or.at(flags, terms, theirs.flags)
    starts, rows = file_rows(
        np.concatenate([filed_rows(ours), _moved_rows(first, filed_rows(theirs), terms)]), len(keys)
    )
    shapes = dict.fromkeys(
        pair
        for part in (ours, theirs)
        for pair in zip(part.shape_lengths.tolist(), part.shape_places.tolist(), strict=True)
    )
    slots, known = tables_for(keys)
    return Vocabulary(
        slots=slots,
        keys=keys,
        known=known,
        flags=flags,
        filed_starts=starts,
        filed=rows,
        beginnings=_merge_beginnings(ours.beginnings, theirs.beginnings),
        shape_lengths=np.array([length for length, _ in shapes], np.int32),
        shape_places=np.array([places for _, places in shapes], np.uint64),
        number_terms=np.where(ours.number_terms >= 0, ours.number_terms, renumbered(theirs.number_terms, terms)),
    )


def renumbered(numbers: Numbers, terms: Numbers) -> Numbers:
    """Each number as its place in the other table, `terms`; -1 stays."""
    renumbered = np.full(len(numbers), -1, np.int32)
    renumbered[numbers >= 0] = terms[numbers[numbers >= 0]]
    return renumbered


def _moved_rows(first: Segment, rows: npt.NDArray[np.int32], terms: Numbers) -> npt.NDArray[np.int32]:
    """The rows of the second segment, with the numbers that terms, searches and tests have in the merged one."""
    term, search, second, program, marks = rows.T
    program = np.where(program >= 0, program + len(first.programs.tests), -1)
    return np.column_stack([terms[term], search + len(first.ids), renumbered(second, terms), program, marks])


def _merge_beginnings(first: Words64, second: Words64) -> Words64:
    """Tables of different size: the smaller is repeated, for it looks at fewer bits of the same number."""
    size = max(len(first), len(second))
    merged: Words64 = np.tile(first, size // len(first)) | np.tile(second, size // len(second))
    return merged


def _merge_programs(first: Programs, second: Programs, terms: Numbers) -> Programs:
    operations, arguments = second.tests >> _OP, second.tests >> _ARGUMENT & np.uint64(ARGUMENT_MASK)
    units = len(first.units) - 1  # the last row is where the elements end
    moved = arguments.copy()
    is_term = operations == Op.TERM
    moved[is_term] = terms[arguments[is_term]]
    for operation, shift in (
        (Op.PHRASE, units),
        (Op.NEAR, len(first.nears)),
        (Op.NUMBER, len(first.number_lows)),
    ):
        moved[operations == operation] += np.uint64(shift)
    tails = {
        "tests": second.tests ^ (arguments ^ moved) << _ARGUMENT,
        "units": second.units + np.array([len(first.elements), 0], np.int32),
        "elements": np.column_stack([terms[second.elements[:, 0]], second.elements[:, 1]]),
        "nears": second.nears + np.array([units, units, units, 0, 0], np.int32),
    }
    merged = second._asdict() | tails
    heads = first._asdict() | {"units": first.units[:-1]}
    return Programs(**{name: np.concatenate([head, merged[name]]).astype(head.dtype) for name, head in heads.items()})
