"""An immutable part of the index: some searches, compiled, and the vocabulary they look for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from goodword.language.searches.frequency import Frequencies
from goodword.language.searches.kernel.state import HAS_CASE, IS_FILED, POSITIONAL, Programs, Vocabulary
from goodword.language.searches.kernel.vocabulary import SEED, fill_slots, hash_keys
from goodword.language.searches.programs import Compiler, Doubt, ProgramTables
from goodword.language.searches.required import Covers
from goodword.language.searches.search import Search
from goodword.language.searches.terms import QUESTION, TermKind, field_key

SearchId = str | int
_BITS_A_PREFIX = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """Searches 0 to len(ids) - 1. `fields` are the fields they ask for, `characters` what they look for
    anywhere in the text (`raw`) or in the address (`url`), `doubtful` those the reference may have to decide."""

    ids: list[SearchId]
    vocabulary: Vocabulary
    programs: Programs
    fields: frozenset[str]
    characters: dict[str, tuple[str, ...]]
    doubtful: dict[int, Search]

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays and of the list of ids, without the ids themselves."""
        arrays = (*self.vocabulary, *self.programs)
        return sum(array.nbytes for array in arrays) + 8 * len(self.ids)


def field_hash(key: str) -> int:
    """The hash by which a field's value is looked up; never 0. It holds within this process only."""
    return hash(key) or 1


def build_segment(searches: Iterable[tuple[SearchId, Search]], frequencies: Frequencies) -> Segment:
    """Compile searches into a segment."""
    return _Builder(frequencies).build(searches)


class _Builder:
    def __init__(self, frequencies: Frequencies) -> None:
        self.frequencies = frequencies
        self.numbers: dict[tuple[TermKind, str], int] = {}
        self.costs: list[float] = []
        self.tables = ProgramTables()

    def term(self, kind: TermKind, key: str) -> int:
        """The number of a term."""
        term = (kind, key)
        number = self.numbers.get(term)
        if number is None:
            number = self.numbers[term] = len(self.costs)
            self.costs.append(self.frequencies.per_million(kind, key))
        return number

    def build(self, searches: Iterable[tuple[SearchId, Search]]) -> Segment:
        compiler = Compiler(Covers(self.term, self.costs), self.tables)
        ids: list[SearchId] = []
        starts, doubts = [0], []
        filed: list[tuple[int, int, int]] = []
        doubtful: dict[int, Search] = {}
        for number, (identifier, search) in enumerate(searches):
            anchor, second = compiler.compile(search.tree)
            ids.append(identifier)
            filed += [(term, number, second) for term in anchor.terms]
            starts.append(len(self.tables.code))
            doubts.append(int(compiler.doubt))
            if compiler.doubt:
                doubtful[number] = search
        return Segment(
            ids, self.vocabulary(filed), self.programs(starts, doubts), self.fields(), self.characters(), doubtful
        )

    def vocabulary(self, filed: list[tuple[int, int, int]]) -> Vocabulary:
        keys, states = self.hashes()
        slots = slots_for(len(keys))
        fill_slots(slots, keys)
        rows = np.array(filed, np.int32).reshape(-1, 3)
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        lengths, places = self.shapes()
        return Vocabulary(
            slots=slots,
            keys=keys,
            flags=self.flags(rows[:, 0]),
            filed_starts=np.searchsorted(rows[:, 0], np.arange(len(keys) + 1)).astype(np.int32),
            filed=np.ascontiguousarray(rows[:, 1]),
            second=np.ascontiguousarray(rows[:, 2]),
            prefixes=self.prefixes(states),
            shape_lengths=lengths,
            shape_places=places,
            number_terms=np.array([self.numbers.get((TermKind.FIELD, key), -1) for key in _NUMBER_KEYS], np.int32),
        )

    def hashes(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
        """The hash of every term, and the state before it was finished."""
        field = TermKind.FIELD
        seed = int(SEED.view(np.int64))
        signed = np.array([field_hash(key) if kind is field else seed for kind, key in self.numbers], np.int64)
        states = signed.view(np.uint64)
        keys = ["" if kind is field else key for kind, key in self.numbers]
        letters = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), np.uint32)
        ends = np.cumsum([len(key) for key in keys], dtype=np.int32)
        kinds = np.array([kind for kind, _ in self.numbers], np.int32)
        hashes = np.empty(len(keys), np.uint64)
        hash_keys(letters, ends, kinds, states, hashes)
        return hashes, states

    def flags(self, filed: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
        flags = np.zeros(len(self.costs), np.uint8)
        flags[list(self.tables.positional)] |= POSITIONAL
        flags[list(self.tables.cased)] |= HAS_CASE
        flags[filed] |= IS_FILED
        return flags

    def prefixes(self, states: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        """The bitmap of the states of all prefixes."""
        numbers = [number for (kind, _), number in self.numbers.items() if kind is TermKind.PREFIX]
        if not numbers:
            return np.zeros(1, np.uint64)
        words = 1 << max(1, (len(numbers) * _BITS_A_PREFIX // 64).bit_length())
        bits = states[numbers] >> np.uint64(20) & np.uint64(words * 64 - 1)
        bitmap = np.zeros(words, np.uint64)
        np.bitwise_or.at(bitmap, (bits >> np.uint64(6)).astype(np.intp), np.uint64(1) << (bits & np.uint64(63)))
        return bitmap

    def shapes(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint64]]:
        """The distinct lengths and places of `?`; the length of a beginning is negative."""
        found: dict[tuple[int, int], None] = {}
        for kind, key in self.numbers:
            if kind in (TermKind.SHAPE, TermKind.SHAPE_PREFIX):
                length = len(key) if kind is TermKind.SHAPE else -len(key)
                found[length, sum(1 << place for place, letter in enumerate(key) if letter == "?")] = None
        return np.array([length for length, _ in found], np.int32), np.array([bits for _, bits in found], np.uint64)

    def programs(self, starts: list[int], doubts: list[int]) -> Programs:
        tables = self.tables
        return Programs(
            starts=np.array(starts, np.int32),
            code=np.array(tables.code, np.uint32),
            targets=np.array(tables.targets, np.uint32),
            doubts=np.array(doubts, np.uint8),
            unit_starts=np.array(tables.unit_starts, np.int32),
            unit_widths=np.array(tables.unit_widths, np.int32),
            element_terms=np.array(tables.element_terms, np.int32),
            element_offsets=np.array(tables.element_offsets, np.int32),
            near_starts=np.array(tables.near_starts, np.int32),
            near_units=np.array(tables.near_units, np.int32),
            near_distances=np.array(tables.near_distances, np.int32),
            near_ordered=np.array(tables.near_ordered, np.uint8),
            number_columns=np.array(tables.number_columns, np.uint8),
            number_lows=np.array(tables.number_lows, np.float64),
            number_highs=np.array(tables.number_highs, np.float64),
        )

    def fields(self) -> frozenset[str]:
        return frozenset(key.partition("\0")[0] for kind, key in self.numbers if kind is TermKind.FIELD)

    def characters(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {"raw": [], "url": []}
        for kind, key in self.numbers:
            name, _, value = key.partition("\0")
            if kind is TermKind.FIELD and name in found:
                found[name].append(value)
        return {name: tuple(values) for name, values in found.items()}


_NUMBER_KEYS = (field_key("has", "rating"), field_key("has", "followers"), QUESTION)


def slots_for(terms: int) -> npt.NDArray[np.int32]:
    """An empty table with room for so many terms; at most two thirds of it will be taken."""
    return np.zeros(1 << max(4, (terms * 3 // 2).bit_length()), np.int32)


def without(segment: Segment, number: int) -> Segment:
    """The same segment, one of its searches removed; everything else is shared."""
    doubts = segment.programs.doubts.copy()
    doubts[number] |= Doubt.REMOVED
    return replace(segment, programs=segment.programs._replace(doubts=doubts))
