"""Two segments into one, without compiling a search again."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from goodword.language.searches.kernel.state import Numbers, Programs, Vocabulary, Words64
from goodword.language.searches.kernel.vocabulary import fill_slots
from goodword.language.searches.programs import OP_SHIFT, Doubt, Op
from goodword.language.searches.segment import Segment, slots_for


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
            name: tuple(dict.fromkeys(first.characters[name] + second.characters[name])) for name in first.characters
        },
        doubtful=first.doubtful | {shift + number: search for number, search in second.doubtful.items()},
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
    rows = np.concatenate([_filed_rows(first), _filed_rows(second, terms, len(first.ids))])
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    shapes = dict.fromkeys(
        pair
        for part in (ours, theirs)
        for pair in zip(part.shape_lengths.tolist(), part.shape_places.tolist(), strict=True)
    )
    slots = slots_for(len(keys))
    fill_slots(slots, keys)
    return Vocabulary(
        slots=slots,
        keys=keys,
        flags=flags,
        filed_starts=np.searchsorted(rows[:, 0], np.arange(len(keys) + 1)).astype(np.int32),
        filed=np.ascontiguousarray(rows[:, 1]),
        second=np.ascontiguousarray(rows[:, 2]),
        prefixes=_merge_prefixes(ours.prefixes, theirs.prefixes),
        shape_lengths=np.array([length for length, _ in shapes], np.int32),
        shape_places=np.array([places for _, places in shapes], np.uint64),
        number_terms=np.where(ours.number_terms >= 0, ours.number_terms, _renumbered(theirs.number_terms, terms)),
    )


def _renumbered(numbers: Numbers, terms: Numbers) -> Numbers:
    """Terms of the second segment as those of the merged one; -1 stays."""
    renumbered = np.full(len(numbers), -1, np.int32)
    renumbered[numbers >= 0] = terms[numbers[numbers >= 0]]
    return renumbered


def _filed_rows(segment: Segment, terms: Numbers | None = None, shift: int = 0) -> npt.NDArray[np.int32]:
    """Term, search and second term of everything that is filed and not removed."""
    vocabulary = segment.vocabulary
    own = np.repeat(np.arange(len(vocabulary.keys), dtype=np.int32), np.diff(vocabulary.filed_starts))
    second = vocabulary.second
    if terms is not None:
        own, second = terms[own], _renumbered(second, terms)
    live = segment.programs.doubts[vocabulary.filed] & Doubt.REMOVED == 0
    rows: npt.NDArray[np.int32] = np.stack([own, vocabulary.filed + np.int32(shift), second], axis=1)
    kept: npt.NDArray[np.int32] = rows[live]
    return kept


def _merge_prefixes(first: Words64, second: Words64) -> Words64:
    """Bitmaps of different size: the smaller is repeated, for it looks at fewer bits of the same number."""
    size = max(len(first), len(second))
    merged: Words64 = np.tile(first, size // len(first)) | np.tile(second, size // len(second))
    return merged


def _merge_programs(first: Programs, second: Programs, terms: Numbers) -> Programs:
    operations = second.code >> np.uint32(OP_SHIFT)
    arguments = second.code & np.uint32((1 << OP_SHIFT) - 1)
    for operation, shift in (
        (Op.PHRASE, len(first.unit_widths)),
        (Op.NEAR, len(first.near_distances)),
        (Op.NUMBER, len(first.number_lows)),
    ):
        arguments[operations == operation] += np.uint32(shift)
    is_term = operations == Op.TERM
    arguments[is_term] = terms[arguments[is_term]]
    tails = {
        "starts": second.starts[1:] + first.starts[-1],
        "code": operations << np.uint32(OP_SHIFT) | arguments,
        "unit_starts": second.unit_starts[1:] + first.unit_starts[-1],
        "element_terms": terms[second.element_terms],
        "near_starts": second.near_starts[1:] + first.near_starts[-1],
        "near_units": second.near_units + np.int32(len(first.unit_widths)),
    }
    merged = second._asdict() | tails
    return Programs(
        **{name: np.concatenate([array, merged[name]]).astype(array.dtype) for name, array in first._asdict().items()}
    )
