"""The refusal of AND and OR on one bracket level, with the two searches that could have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from goodword.language.searches.errors import SearchError, gettext_noop
from goodword.language.searches.explainer import explain_tree
from goodword.language.searches.tree import And, Node, Not, Or

if TYPE_CHECKING:
    from goodword.language.searches.parser import Term

_MESSAGE = gettext_noop(
    "AND and OR stand side by side without brackets, and could mean two things. "
    "Write {first} if AND binds first, or {second} if OR does."
)


def mixed_error(text: str, terms: Sequence[Term]) -> SearchError:
    """The error for the terms of one level that mix AND and OR. `text` is the whole search."""
    first, second = _and_first(text, terms), _or_first(text, terms)
    start, end = terms[0].start, terms[-1].end
    kinds = [term.connector for term in terms[1:]]
    change = next(index for index, kind in enumerate(kinds) if kind != kinds[0])
    return SearchError(
        terms[change + 1].connector_at,
        _MESSAGE,
        suggestions=tuple(text[:start] + rewrite + text[end:] for rewrite in (first, second)),
        tree=explain_tree(_and_first_tree(terms)),
        first=first,
        second=second,
    )


def _split(terms: Sequence[Term], connector: str) -> list[list[Term]]:
    groups = [[terms[0]]]
    for term in terms[1:]:
        if term.connector == connector:
            groups.append([term])
        else:
            groups[-1].append(term)
    return groups


def _typed(text: str, term: Term) -> str:
    return text[term.start : term.end]


def _and_first(text: str, terms: Sequence[Term]) -> str:
    """`a AND b OR c` as `(a AND b) OR c`."""
    groups = []
    for group in _split(terms, "OR"):
        joined = _typed(text, group[0]) + "".join(_joint(term) + _typed(text, term) for term in group[1:])
        groups.append(f"({joined})" if len(group) > 1 else joined)
    return " OR ".join(groups)


def _or_first(text: str, terms: Sequence[Term]) -> str:
    """`a AND b OR c` as `a AND (b OR c)`; a NOT that opens a group stays outside its brackets."""
    rewritten = ""
    for group in _split(terms, "AND"):
        negated = isinstance(group[0].node, Not) and len(group) > 1
        typed = [_typed(text, term) for term in group]
        if negated:
            while typed[0].startswith("("):
                typed[0] = typed[0][1:-1].strip()
            typed[0] = typed[0].removeprefix("NOT").removeprefix("-").lstrip()
        joined = " OR ".join(typed)
        piece = ("NOT " if negated else "") + (f"({joined})" if len(group) > 1 else joined)
        rewritten += (_joint(group[0]) if rewritten else "") + piece
    return rewritten


def _joint(term: Term) -> str:
    return " " if isinstance(term.node, Not) else " AND "


def _and_first_tree(terms: Sequence[Term]) -> Node:
    groups = [tuple(term.node for term in group) for group in _split(terms, "OR")]
    return Or(tuple(And(group) if len(group) > 1 else group[0] for group in groups))
