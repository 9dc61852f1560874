"""Compiles the tree of a search to a branch program: tests of terms and places, each with the test to go to
when it holds and when it does not.

What the kernel cannot decide (loose phrases of three words and more, words in braces side by side, `e-mail*`)
is compiled to a condition that holds whenever the tree might; the reference then has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum, IntFlag

from goodword.language.searches.required import Cover, Covers, leaf_key
from goodword.language.searches.terms import Element, TermKind, elements, wildcard_term
from goodword.language.searches.tree import (
    And,
    Cased,
    InText,
    Near,
    Node,
    Not,
    Number,
    Or,
    Unit,
    Wildcard,
    Words,
)
from goodword.language.searches.words import Kind


class Op(IntEnum):
    """A test; its argument is a term, or a row of the tables below."""

    TERM = 0
    PHRASE = 1
    NEAR = 2
    NUMBER = 3


class Doubt(IntFlag):
    """When a search is put before the reference: always after its program holds, or whatever its program says
    on a post of this kind."""

    NONE = 0
    ALWAYS = 1
    CASE = 2
    """The post's case could not be read at full speed."""
    ZONES = 4
    """The post has a title or given tags, and the search asks for the text alone."""
    REMOVED = 128
    """The search has been removed: it never matches."""


OP_SHIFT = 28
TARGET_SHIFT = 16
HOLDS = 0xFFFF
FAILS = 0xFFFE
NUMBER_COLUMNS = ("rating", "followers")


class ProgramTables:
    """The rows that programs point at, of all searches of one build."""

    def __init__(self) -> None:
        self.code: list[int] = []
        self.targets: list[int] = []
        self.unit_starts: list[int] = [0]
        self.unit_widths: list[int] = []
        self.element_terms: list[int] = []
        self.element_offsets: list[int] = []
        self.near_starts: list[int] = [0]
        """Two ends for each NEAR after a first 0: where its left units end, and where its right ones do."""
        self.near_units: list[int] = []
        self.near_distances: list[int] = []
        self.near_ordered: list[int] = []
        self.number_columns: list[int] = []
        self.number_lows: list[float] = []
        self.number_highs: list[float] = []
        self.positional: set[int] = set()
        self.cased: dict[int, None] = {}


class Undecidable(Exception):
    """The kernel has no test for this node."""


class Compiler:
    """Compiles one search into the tables."""

    def __init__(self, covers: Covers, tables: ProgramTables) -> None:
        self._covers = covers
        self._term = covers.term
        self._costs = covers.costs
        self._tables = tables
        self._start = 0
        self.doubt = Doubt.NONE

    def compile(self, tree: Node) -> tuple[Cover, int]:
        """Append the program of a search. Gives what it is filed under and a second required term, or -1."""
        children = list(tree.children) if isinstance(tree, And) else [tree]
        self._start = len(self._tables.code)
        self.doubt = Doubt.NONE
        covers = [self._covers.of(child) for child in children]
        of_child = [(cover, child) for child, found in zip(children, covers, strict=True) for cover in found]
        anchor, anchored = min(of_child, key=lambda pair: pair[0].cost)
        seconds = [pair for pair in of_child if len(pair[0].terms) == 1 and pair[0].terms != anchor.terms]
        second, seconded = min(seconds, key=lambda pair: pair[0].cost, default=(None, None))
        proven = [node for cover, node in ((anchor, anchored), (second, seconded)) if cover and node and cover.exact]
        if any(_asks_for_text_alone(node) for node in proven):
            self.doubt |= Doubt.ZONES
        rest = [
            (_price(child, found), child)
            for child, found in zip(children, covers, strict=True)
            if not any(child is node for node in proven)
        ]
        target = HOLDS
        for _, child in sorted(rest, key=lambda pair: pair[0], reverse=True):
            target = self._emit(child, target, FAILS, wanted=True)
        self._start_from(target)
        return anchor, second.terms[0] if second else -1

    def _start_from(self, target: int) -> None:
        """A program starts from its last test, and tests lead to earlier ones only: cut off what is never reached."""
        end = self._start if target == HOLDS else self._start + target + 1
        del self._tables.code[end:], self._tables.targets[end:]

    def _emit(self, node: Node, holds: int, fails: int, *, wanted: bool) -> int:
        """Append the tests of a node, last first; gives the test to start from. `wanted` is false under a NOT."""
        match node:
            case And(children):
                for child in reversed(children):
                    holds = self._emit(child, holds, fails, wanted=wanted)
                return holds
            case Or(children):
                for child in reversed(children):
                    fails = self._emit(child, holds, fails, wanted=wanted)
                return fails
            case Not(child):
                return self._emit(child, fails, holds, wanted=not wanted)
            case InText(child):
                self.doubt |= Doubt.ZONES
                return self._emit(child, holds, fails, wanted=wanted)
        try:
            op, argument = self._test(node)
        except Undecidable:
            self.doubt |= Doubt.ALWAYS
            return self._emit_doubtful(node, holds, fails) if wanted else fails
        return self._append(op, argument, holds, fails)

    def _append(self, op: Op, argument: int, holds: int, fails: int) -> int:
        tables = self._tables
        tables.code.append(op << OP_SHIFT | argument)
        tables.targets.append(holds << TARGET_SHIFT | fails)
        return len(tables.code) - 1 - self._start

    def _emit_doubtful(self, node: Node, holds: int, fails: int) -> int:
        """Whether the node might hold: every cover it must have is there."""
        for cover in self._covers.of(node):
            start = fails
            for term in cover.terms:
                start = self._append(Op.TERM, term, holds, start)
            holds = start
        return holds

    def _test(self, node: Node) -> tuple[Op, int]:
        tables = self._tables
        if isinstance(node, Number):
            tables.number_columns.append(NUMBER_COLUMNS.index(node.name))
            tables.number_lows.append(node.low)
            tables.number_highs.append(node.high)
            return Op.NUMBER, len(tables.number_lows) - 1
        if isinstance(node, Near):
            return Op.NEAR, self._near(self._units(node.left), self._units(node.right), node.distance, node.ordered)
        if not isinstance(node, Unit):
            return Op.TERM, self._term(TermKind.FIELD, leaf_key(node))
        if isinstance(node, Words) and node.loose is not None and len(node.parts) > 1:
            return Op.NEAR, self._loose_pair(node)
        found, width = self._elements(node)
        if len(found) == 1:
            return Op.TERM, self._term(*found[0][:2])
        return Op.PHRASE, self._unit(found, width)

    def _elements(self, unit: Unit) -> tuple[list[Element], int]:
        if isinstance(unit, Wildcard):
            if unit.before:
                raise Undecidable
            return [(*wildcard_term(unit.pattern), 0)], 1
        if isinstance(unit, Cased):
            if len(unit.parts) > 1 or unit.parts[0].kind is not Kind.WORD or not unit.parts[0].surface.isascii():
                raise Undecidable
            self.doubt |= Doubt.CASE
            self._tables.cased[self._term(TermKind.WORD, unit.parts[0].key)] = None
            return [(TermKind.CASED, unit.parts[0].surface.replace("’", "'"), 0)], 1
        if unit.loose is not None and len(unit.parts) > 1:
            raise Undecidable
        return elements(unit.parts), unit.width

    def _unit(self, found: list[Element], width: int) -> int:
        """A phrase; its rarest term comes first, for the search of places starts from it."""
        tables = self._tables
        numbered = [(self._term(kind, key), offset) for kind, key, offset in found]
        numbered.sort(key=lambda pair: self._costs[pair[0]])
        for term, offset in numbered:
            tables.element_terms.append(term)
            tables.element_offsets.append(offset)
        tables.positional.add(numbered[0][0])
        tables.unit_starts.append(len(tables.element_terms))
        tables.unit_widths.append(width)
        return len(tables.unit_widths) - 1

    def _units(self, side: Node) -> list[int]:
        return [self._unit(*self._elements(unit)) for unit in leaf_units(side)]

    def _near(self, left: list[int], right: list[int], distance: int, ordered: bool) -> int:
        tables = self._tables
        start = len(tables.near_units)
        tables.near_units += left + right
        tables.near_starts += [start + len(left), len(tables.near_units)]
        tables.near_distances.append(distance)
        tables.near_ordered.append(ordered)
        return len(tables.near_distances) - 1

    def _loose_pair(self, node: Words) -> int:
        """A loose phrase of two words is a NEAR; a tag is left out, for it shares its place with its word."""
        if len(node.parts) > 2 or any(part.kind is Kind.TAG for part in node.parts):
            raise Undecidable
        sides = [[self._unit([(*element[:2], 0)], 1)] for element in elements(node.parts)]
        if len(sides) != 2:
            raise Undecidable
        assert node.loose is not None
        return self._near(sides[0], sides[1], node.loose, ordered=False)


def _asks_for_text_alone(node: Node) -> bool:
    """Whether a node that one term proves does so in the text alone."""
    return isinstance(node, InText) or (isinstance(node, Or) and any(map(_asks_for_text_alone, node.children)))


def _price(node: Node, covers: list[Cover]) -> float:
    """Where a test stands in its program: rare words first, then those of places, then what must not be."""
    if not covers:
        return 2e7
    return min(covers).cost + (1e7 if isinstance(node, Near) else 0)


def leaf_units(side: Node) -> Iterator[Unit]:
    """The words and phrases of one side of a NEAR."""
    if isinstance(side, Or):
        for child in side.children:
            yield from leaf_units(child)
    else:
        assert isinstance(side, Unit)
        yield side
