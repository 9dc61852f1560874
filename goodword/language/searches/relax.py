"""A search as it can be asked before everything is known of a post."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from goodword.language.searches.breadth import broad_part
from goodword.language.searches.search import Search
from goodword.language.searches.tree import And, Field, InText, Is, Node, Not, Number, Or, is_negative

_ASKED_IS = "question"
"""`is:` values that are read from the words, beside those that a post's type says."""


def relaxed(search: Search, unknown: Collection[str]) -> Search | None:
    """The search that holds for every post for which this one may, once its fields `unknown` are told (`question` for
    `is:question`). None where nothing is left that a post must have: it may hold for nearly every one.
    """
    tree = _bound(search.tree, frozenset(unknown), may=True)
    if isinstance(tree, bool) or is_negative(tree) or broad_part(tree) is not None:
        return None
    return search if tree == search.tree else msgspec.structs.replace(search, tree=tree)


def _bound(node: Node, unknown: frozenset[str], *, may: bool) -> Node | bool:
    """What holds whenever the node may hold; with `may` false, what holds only if the node surely does."""
    match node:
        case Field(name) | Number(name) if name in unknown:
            return may
        case Is(what) if what == _ASKED_IS and what in unknown:
            return may
        case Not(child):
            bound = _bound(child, unknown, may=not may)
            return not bound if isinstance(bound, bool) else Not(bound)
        case InText(child):
            bound = _bound(child, unknown, may=may)
            return bound if isinstance(bound, bool) else InText(bound)
        case And(children):
            return _joined(And, [_bound(child, unknown, may=may) for child in children], idle=True)
        case Or(children):
            return _joined(Or, [_bound(child, unknown, may=may) for child in children], idle=False)
    return node


def _joined(join: type[And] | type[Or], bounds: list[Node | bool], *, idle: bool) -> Node | bool:
    """Those that are not decided; `idle` is what changes nothing beside others."""
    if (not idle) in bounds:
        return not idle
    left = tuple(bound for bound in bounds if not isinstance(bound, bool))
    if len(left) > 1:
        return join(left)
    return left[0] if left else idle
