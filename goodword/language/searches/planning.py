"""Plans a search: what it is filed under, and what is left to test of a post that has that."""

from __future__ import annotations

from operator import itemgetter

import msgspec

from goodword.language.searches.programs import Doubt
from goodword.language.searches.required import Cover, Covers
from goodword.language.searches.tree import And, InText, Near, Node, Or

_PRICE_OF_PLACES = 1e7
_PRICE_OF_NOT = 2e7


class Plan(msgspec.Struct, frozen=True, gc=False):
    """Every match has one of `terms`, and `second` too unless it is -1. `rest` is what else must hold, the last to be
    tested first."""

    terms: tuple[int, ...]
    second: int
    rest: tuple[Node, ...]
    doubt: int


def plan(tree: Node, covers: Covers) -> Plan:
    """File a search under the terms that are met least; the next rarest is asked for before all else."""
    children = tree.children if isinstance(tree, And) else (tree,)
    found = [covers.of(child) for child in children]
    ranked = [(cover, child) for child, own in zip(children, found, strict=True) for cover in own]
    ranked.sort(key=_cost)
    anchor, anchored = ranked[0]
    proven = [anchored] if anchor.exact else []
    second = -1
    for cover, child in ranked:
        if len(cover.terms) == 1 and cover.terms != anchor.terms:
            second = cover.terms[0]
            proven += [child] if cover.exact else []
            break
    rest = [(_price(child, own), child) for child, own in zip(children, found, strict=True) if child not in proven]
    rest.sort(key=itemgetter(0), reverse=True)
    return Plan(
        anchor.terms,
        second,
        tuple([child for _, child in rest]),
        int(Doubt.ZONES) if any(map(_asks_for_text_alone, proven)) else 0,
    )


def _cost(candidate: tuple[Cover, Node]) -> float:
    return candidate[0].cost


def _price(node: Node, covers: list[Cover]) -> float:
    """Where a test stands in its program: rare words first, then those of places, then what must not be."""
    if not covers:
        return _PRICE_OF_NOT
    return min(covers).cost + (_PRICE_OF_PLACES if isinstance(node, Near) else 0)


def _asks_for_text_alone(node: Node) -> bool:
    """Whether a node that one term proves does so in the text alone."""
    return isinstance(node, InText) or (isinstance(node, Or) and any(map(_asks_for_text_alone, node.children)))
