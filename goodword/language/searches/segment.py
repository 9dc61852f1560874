"""An immutable part of the index: some searches, compiled, and the vocabulary they look for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from goodword.language.searches.compiler import Compiler
from goodword.language.searches.frequency import Frequencies
from goodword.language.searches.kernel.hashing import SEED, hash_keys
from goodword.language.searches.kernel.state import (
    FILED_COLUMNS,
    HAS_CASE,
    IS_FILED,
    POSITIONAL,
    PROGRAM,
    SEARCH,
    Bytes,
    Numbers,
    Programs,
    Rows,
    Slots,
    Vocabulary,
    Words64,
)
from goodword.language.searches.kernel.vocabulary import fill_beginnings, fill_slots
from goodword.language.searches.needles import Needles
from goodword.language.searches.numbering import Terms
from goodword.language.searches.planning import plan
from goodword.language.searches.programs import REPEATED, ProgramTables
from goodword.language.searches.required import Covers
from goodword.language.searches.search import Search
from goodword.language.searches.terms import QUESTION, TermKind, field_key

SearchId = str | int


@dataclass(frozen=True, slots=True)
class Segment:
    """Searches 0 to len(ids) - 1. `fields` are the fields they ask for, `characters` what they look for
    anywhere in the text (`raw`) or in the address (`url`), `doubtful` those the reference may
    have to decide, `removed` how many are filed no more."""

    ids: list[SearchId]
    vocabulary: Vocabulary
    programs: Programs
    fields: frozenset[str]
    characters: dict[str, Needles]
    doubtful: dict[int, Search]
    removed: int = 0

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
        self.terms = Terms(frequencies)
        self.covers = Covers(self.terms)
        self.tables = ProgramTables()

    def build(self, searches: Iterable[tuple[SearchId, Search]]) -> Segment:
        compiler = Compiler(self.covers, self.tables)
        ids: list[SearchId] = []
        filed: list[int] = []
        anchors: list[int] = []
        doubtful: dict[int, Search] = {}
        for number, (identifier, search) in enumerate(searches):
            own = plan(search.tree, self.covers)
            program, doubt = compiler.compile(own)
            ids.append(identifier)
            anchors += own.terms[:1] * (len(self.tables.tests) - len(anchors))
            marks = doubt | REPEATED if len(own.terms) > 1 else doubt
            for term in own.terms:
                filed += (term, number, own.second, program, marks)
            if doubt:
                doubtful[number] = search
        rows = np.array(filed, np.int32).reshape(-1, 1 + FILED_COLUMNS)
        tests = self.sorted_tests(anchors, rows)
        return Segment(ids, self.vocabulary(rows), self.programs(tests), self.fields(), self.characters(), doubtful)

    def sorted_tests(self, anchors: list[int], rows: npt.NDArray[np.int32]) -> Words64:
        """The tests in the order in which their searches are filed, so that what a post leads to lies together.
        `anchors` are the first terms that the searches of the tests are filed under; `rows` are made to follow."""
        order = np.argsort(np.array(anchors, np.int32), kind="stable")
        places = np.empty(len(order) + 1, np.int32)
        places[order] = np.arange(len(order))
        places[-1] = -1  # of searches without a test
        rows[:, 1 + PROGRAM] = places[rows[:, 1 + PROGRAM]]
        tests: Words64 = np.array(self.tables.tests, np.uint64)[order]
        return tests

    def vocabulary(self, rows: npt.NDArray[np.int32]) -> Vocabulary:
        keys = hashes_of(self.terms.keys)
        slots, known = tables_for(keys)
        starts, filed = file_rows(rows, len(keys))
        lengths, places = self.shapes()
        fields = self.terms.of_kind[TermKind.FIELD]
        return Vocabulary(
            slots=slots,
            keys=keys,
            known=known,
            flags=self.flags(starts),
            filed_starts=starts,
            filed=filed,
            beginnings=self.beginnings(),
            shape_lengths=lengths,
            shape_places=places,
            number_terms=np.array([fields.get(key, -1) for key in _NUMBER_KEYS], np.int32),
        )

    def flags(self, filed_starts: Numbers) -> Bytes:
        flags = np.zeros(len(self.terms.keys), np.uint8)
        flags[list(self.tables.positional)] |= POSITIONAL
        flags[list(self.tables.cased)] |= HAS_CASE
        flags[np.diff(filed_starts) > 0] |= IS_FILED
        return flags

    def beginnings(self) -> Words64:
        """The table of how long the beginnings are that are looked for."""
        prefixes = list(self.terms.of_kind[TermKind.PREFIX])
        table = np.zeros(1 << (2 * len(prefixes)).bit_length(), np.uint64)
        fill_beginnings(table, *_laid_end_to_end(prefixes))
        return table

    def shapes(self) -> tuple[Numbers, Words64]:
        """The distinct lengths and places of `?`; the length of a beginning is negative."""
        found: dict[tuple[int, int], None] = {}
        for kind, sign in ((TermKind.SHAPE, 1), (TermKind.SHAPE_PREFIX, -1)):
            for key in self.terms.of_kind[kind]:
                hidden = sum(1 << place for place, letter in enumerate(key) if letter == "?")
                found[sign * len(key), hidden] = None
        return np.array([length for length, _ in found], np.int32), np.array([bits for _, bits in found], np.uint64)

    def programs(self, tests: Words64) -> Programs:
        tables = self.tables
        return Programs(
            tests=tests,
            units=_rows([*tables.units, (len(tables.elements), 0)], 2),
            elements=_rows(tables.elements, 2),
            nears=_rows(tables.nears, 5),
            number_columns=np.array(tables.number_columns, np.uint8),
            number_lows=np.array(tables.number_lows, np.float64),
            number_highs=np.array(tables.number_highs, np.float64),
        )

    def fields(self) -> frozenset[str]:
        return frozenset(key.partition("\0")[0] for key in self.terms.of_kind[TermKind.FIELD])

    def characters(self) -> dict[str, Needles]:
        found: dict[str, list[str]] = {"raw": [], "url": []}
        for key in self.terms.of_kind[TermKind.FIELD]:
            name, _, value = key.partition("\0")
            if name in found:
                found[name].append(value)
        return {name: Needles(values) for name, values in found.items()}


def hashes_of(terms: Sequence[tuple[TermKind, str]]) -> Words64:
    """The hash of every term."""
    field = TermKind.FIELD
    seed = int(SEED.view(np.int64))
    seeds = np.array([field_hash(key) if kind is field else seed for kind, key in terms], np.int64)
    text, ends = _laid_end_to_end(["" if kind is field else key for kind, key in terms])
    kinds = np.array([kind for kind, _ in terms], np.int32)
    hashes = np.empty(len(kinds), np.uint64)
    hash_keys(text, ends, kinds, seeds.view(np.uint64), hashes)
    return hashes


def _rows(rows: Sequence[tuple[int, ...]], columns: int) -> Rows:
    return np.fromiter(chain.from_iterable(rows), np.int32, len(rows) * columns).reshape(-1, columns)


def _laid_end_to_end(keys: list[str]) -> tuple[Bytes, Numbers]:
    """The UTF-8 of keys in one run, and where each of them ends."""
    encoded = [key.encode("utf-8", "surrogatepass") for key in keys]
    return np.frombuffer(b"".join(encoded), np.uint8), np.cumsum([len(key) for key in encoded], dtype=np.int32)


def filed_rows(vocabulary: Vocabulary) -> npt.NDArray[np.int32]:
    """All that is filed, as rows of a term and the columns of `Vocabulary.filed`."""
    terms = np.repeat(np.arange(len(vocabulary.keys), dtype=np.int32), np.diff(vocabulary.filed_starts))
    return np.column_stack([terms, vocabulary.filed])


def file_rows(rows: npt.NDArray[np.int32], terms: int) -> tuple[Numbers, Rows]:
    """File rows of a term and the columns of `Vocabulary.filed`: where the rows of each term start, and the rows, those
    of a term in the order of their searches."""
    rows = rows[np.lexsort((rows[:, 1 + SEARCH], rows[:, 0]))]
    starts = np.searchsorted(rows[:, 0], np.arange(terms + 1)).astype(np.int32)
    return starts, np.ascontiguousarray(rows[:, 1:])


_NUMBER_KEYS = (field_key("has", "rating"), field_key("has", "followers"), QUESTION)


def tables_for(keys: Words64) -> tuple[Slots, Words64]:
    """The table of these hashes, of which at most two thirds are taken, and their bitmap, a twelfth or less set."""
    slots = np.zeros((1 << max(4, (len(keys) * 3 // 2).bit_length()), 2), np.uint64)
    known = np.zeros(len(slots) // 8, np.uint64)
    fill_slots(slots, known, keys)
    return slots, known


def without(segment: Segment, number: int) -> Segment:
    """The same segment, one of its searches filed no more; everything else is shared."""
    vocabulary = segment.vocabulary
    kept = vocabulary.filed[:, SEARCH] != number
    # All of one type: the kernel is compiled for the types of its arrays, anew for others.
    before = np.concatenate([np.zeros(1, np.int32), np.cumsum(kept, dtype=np.int32)])
    filed = vocabulary._replace(filed=vocabulary.filed[kept], filed_starts=before[vocabulary.filed_starts])
    return replace(segment, vocabulary=filed, removed=segment.removed + 1)
