"""The terms of which a post must have at least one for a search to match: what the search is filed under."""

from __future__ import annotations

import msgspec

from goodword.language.searches.numbering import Terms
from goodword.language.searches.terms import KINDS, QUESTION, TermKind, elements, field_key, wildcard_term
from goodword.language.searches.tree import (
    And,
    Cased,
    Field,
    InText,
    Is,
    Near,
    Node,
    Not,
    Number,
    Or,
    Part,
    Raw,
    Wildcard,
    Words,
)


class Cover(msgspec.Struct, frozen=True, gc=False, order=True):
    """A set of terms, at least one of which every match has. `cost` is how often they are met; `exact` says
    that having one is also enough for the node the cover was taken from."""

    cost: float
    terms: tuple[int, ...]
    exact: bool

    def of_part(self) -> Cover:
        """The same for a node of which that node is a part."""
        return Cover(self.cost, self.terms, False)


class Covers:
    """Finds the covers of a tree."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def of(self, node: Node) -> list[Cover]:
        """Every cover found; none if the node can hold for a post that has none of its terms."""
        match node:
            case Words(parts=(part,)):
                return [self._single(KINDS[part.kind], part.key, True)]
            case Words(parts=parts):
                return self._of_phrase(parts)
            case And(children):
                return [cover.of_part() for child in children for cover in self.of(child)]
            case Or(children):
                return self._any_of(children)
            case Near(left, right):
                return [cover.of_part() for side in (left, right) for cover in self.of(side)]
            case InText(child):
                return self.of(child)
            case Not():
                return []
        return self._of_leaf(node)

    def _of_phrase(self, parts: tuple[Part, ...]) -> list[Cover]:
        found = elements(parts)
        return [self._single(kind, key, len(found) == 1) for kind, key, _ in found]

    def _of_leaf(self, node: Node) -> list[Cover]:
        match node:
            case Wildcard(_, pattern, before):
                own = self._single(*wildcard_term(pattern), exact=not before)
                return [own, *(self._single(kind, key, False) for kind, key, _ in elements(before))]
            case Cased(_, parts):
                return [self._single(kind, key, False) for kind, key, _ in elements(parts)]
            case Number(name):
                return [self._single(TermKind.FIELD, field_key("has", name), False)]
        return [self._single(TermKind.FIELD, leaf_key(node), True)]

    def _single(self, kind: TermKind, key: str, exact: bool) -> Cover:
        number = self.terms.number(kind, key)
        return Cover(self.terms.costs[number], (number,), exact)

    def _any_of(self, children: tuple[Node, ...]) -> list[Cover]:
        cost, exact = 0.0, True
        terms: dict[int, None] = {}
        for child in children:
            covers = self.of(child)
            if not covers:
                return []
            best = min(covers) if len(covers) > 1 else covers[0]
            cost += best.cost
            exact = exact and best.exact
            terms.update(dict.fromkeys(best.terms))
        return [Cover(cost, tuple(terms), exact)]


def leaf_key(node: Node) -> str:
    """The key under which a post says that a field's condition holds."""
    match node:
        case Raw(text):
            return field_key("raw", text)
        case Is("question"):
            return QUESTION
        case Is(what):
            return field_key("type", what)
        case Field(name, key=key):
            return field_key(name, key)
    raise TypeError(f"not a field: {node!r}")
