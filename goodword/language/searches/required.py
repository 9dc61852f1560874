"""The terms of which a post must have at least one for a search to match: what the search is filed under."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from goodword.language.searches.terms import QUESTION, TermKind, elements, field_key, wildcard_term
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
    Raw,
    Wildcard,
    Words,
)


class Cover(NamedTuple):
    """A set of terms, at least one of which every match has. `cost` is how often they are met; `exact` says
    that having one is also enough for the node the cover was taken from."""

    cost: float
    terms: tuple[int, ...]
    exact: bool


Lookup = Callable[[TermKind, str], int]


class Covers:
    """Finds the covers of a tree. `term` gives the number of a term, `costs` how often each is met."""

    def __init__(self, term: Lookup, costs: list[float]) -> None:
        self.term = term
        self.costs = costs

    def of(self, node: Node) -> list[Cover]:
        """Every cover found; none if the node can hold for a post that has none of its terms."""
        match node:
            case Words(parts=parts):
                found = elements(parts)
                return [self._single(kind, key, len(found) == 1) for kind, key, _ in found]
            case And(children):
                return [cover._replace(exact=False) for child in children for cover in self.of(child)]
            case Or(children):
                return self._any_of([self.of(child) for child in children])
            case Near(left, right):
                return [cover._replace(exact=False) for side in (left, right) for cover in self.of(side)]
            case InText(child):
                return self.of(child)
            case Not():
                return []
        return self._of_leaf(node)

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
        number = self.term(kind, key)
        return Cover(self.costs[number], (number,), exact)

    @staticmethod
    def _any_of(covers: list[list[Cover]]) -> list[Cover]:
        if not all(covers):
            return []
        best = [min(of_child) for of_child in covers]
        terms = tuple(dict.fromkeys(term for cover in best for term in cover.terms))
        return [Cover(sum(cover.cost for cover in best), terms, all(cover.exact for cover in best))]


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
