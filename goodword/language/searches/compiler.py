"""Compiles searches to programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goodword.language.searches.planning import Plan
from goodword.language.searches.programs import (
    ARGUMENT_SHIFT,
    FAILS,
    HOLDS,
    HOLDS_SHIFT,
    NUMBER_COLUMNS,
    OP_SHIFT,
    Doubt,
    Op,
    ProgramTables,
)
from goodword.language.searches.required import Covers, leaf_key
from goodword.language.searches.terms import KINDS, Element, TermKind, elements, wildcard_term
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

Phrase = tuple[list[Element], int]
"""Its terms, and how many words it spans."""

_HOLDS, _FAILS = -1, -2
"""Where a test may lead beside another one: the program ends."""
_FIRST_OF_OTHERS = 1 << OP_SHIFT
"""Tests of a term are less than this."""
_ENDS = {_HOLDS: HOLDS, _FAILS: FAILS}


class Undecidable(Exception):
    """The kernel has no test for this node."""


class Compiler:
    """Compiles searches, one by one, into the tables."""

    def __init__(self, covers: Covers, tables: ProgramTables) -> None:
        self._covers = covers
        self._term = covers.terms.number
        self._costs = covers.terms.costs
        self._tables = tables
        self._doubt = 0

    def compile(self, plan: Plan) -> tuple[int, int]:
        """Append the program of what a search has left to test. Gives the test to start from, or -1 if it has none,
        and when the reference has to be asked."""
        tests = self._tables.tests
        begin = len(tests)
        self._doubt = plan.doubt
        target = _HOLDS
        for node in plan.rest:
            target = self._emit(node, target, _FAILS, wanted=True)
        # Tests lead to earlier ones only: what comes after the one to start from is never reached.
        del tests[max(begin, target + 1) :]
        return target, self._doubt

    def _emit(self, node: Node, holds: int, fails: int, *, wanted: bool) -> int:
        """Append the tests of a node, last first; gives the test to start from. `wanted` is false under a NOT."""
        match node:
            case Words(parts=(part,)):
                return self._append(Op.TERM, self._term(KINDS[part.kind], part.key), holds, fails)
            case And(children):
                for child in reversed(children):
                    holds = self._emit(child, holds, fails, wanted=wanted)
                return holds
            case Or(children):
                return self._emit_any(children, holds, fails, wanted=wanted)
            case Not(child):
                return self._emit(child, fails, holds, wanted=not wanted)
            case InText(child):
                self._doubt |= Doubt.ZONES
                return self._emit(child, holds, fails, wanted=wanted)
        try:
            op, argument = self._test(node)
        except Undecidable:
            self._doubt |= Doubt.ALWAYS
            return self._emit_doubtful(node, holds, fails) if wanted else fails
        return self._append(op, argument, holds, fails)

    def _emit_any(self, children: tuple[Node, ...], holds: int, fails: int, *, wanted: bool) -> int:
        tests = self._tables.tests
        begin = len(tests)
        start = fails
        for child in reversed(children):
            start = self._emit(child, holds, start, wanted=wanted)
        emitted = tests[begin:]
        if len(emitted) != len(children) or max(emitted) >= _FIRST_OF_OTHERS or any(map(_is_joint, children)):
            return start
        # Looked up all at once, where the processor need not guess which of them is the first to be there.
        return self._append(Op.ANY, len(emitted), holds, fails)

    def _append(self, op: Op, argument: int, holds: int, fails: int) -> int:
        tests = self._tables.tests
        own = len(tests)
        held = own - holds if holds >= 0 else _ENDS[holds]
        failed = own - fails if fails >= 0 else _ENDS[fails]
        tests.append(op << OP_SHIFT | argument << ARGUMENT_SHIFT | held << HOLDS_SHIFT | failed)
        return own

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
            left, right = (map(self._elements, leaf_units(side)) for side in (node.left, node.right))
            return Op.NEAR, self._near(left, right, node.distance, ordered=node.ordered)
        if not isinstance(node, Unit):
            return Op.TERM, self._term(TermKind.FIELD, leaf_key(node))
        if isinstance(node, Words) and node.loose is not None:
            return Op.NEAR, self._loose_pair(node)
        found, width = self._elements(node)
        if len(found) == 1:
            return Op.TERM, self._term(*found[0][:2])
        return Op.PHRASE, self._unit(found, width)

    def _elements(self, unit: Unit) -> Phrase:
        if isinstance(unit, Wildcard):
            if unit.before:
                raise Undecidable
            return [(*wildcard_term(unit.pattern), 0)], 1
        if isinstance(unit, Cased):
            if len(unit.parts) > 1 or unit.parts[0].kind is not Kind.WORD or not unit.parts[0].surface.isascii():
                raise Undecidable
            self._doubt |= Doubt.CASE
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
        tables.positional.add(numbered[0][0])
        tables.units.append((len(tables.elements), width))
        tables.elements += numbered
        return len(tables.units) - 1

    def _near(self, left: Iterable[Phrase], right: Iterable[Phrase], distance: int, *, ordered: bool) -> int:
        tables = self._tables
        first = len(tables.units)
        for found, width in left:
            self._unit(found, width)
        middle = len(tables.units)
        for found, width in right:
            self._unit(found, width)
        tables.nears.append((first, middle, len(tables.units), distance, ordered))
        return len(tables.nears) - 1

    def _loose_pair(self, node: Words) -> int:
        """A loose phrase of two words is a NEAR; a tag is left out, for it shares its place with its word."""
        if len(node.parts) > 2 or any(part.kind is Kind.TAG for part in node.parts):
            raise Undecidable
        sides: list[list[Phrase]] = [[([(kind, key, 0)], 1)] for kind, key, _ in elements(node.parts)]
        if len(sides) != 2:
            raise Undecidable
        assert node.loose is not None
        return self._near(sides[0], sides[1], node.loose, ordered=False)


def _is_joint(node: Node) -> bool:
    return isinstance(node, And | Or | Not | InText)


def leaf_units(side: Node) -> Iterator[Unit]:
    """The words and phrases of one side of a NEAR."""
    if isinstance(side, Or):
        for child in side.children:
            yield from leaf_units(child)
    else:
        assert isinstance(side, Unit)
        yield side
