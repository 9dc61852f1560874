"""The tree of a parsed search. Nodes are values: two searches that mean the same typed words are equal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from goodword.language.searches.words import Kind


class Part(NamedTuple):
    """One word of a phrase: `offset` counts words from the phrase's first; `joined` as in `Token`."""

    kind: Kind
    key: str
    surface: str
    offset: int
    joined: bool


class Words(msgspec.Struct, frozen=True, gc=False):
    """A word, tag, handle, emoji or phrase: its parts in order, or within `loose` other words in any order.

    `width` is how many words the parts span; `text` is what was typed, without the quotes.
    """

    text: str
    parts: tuple[Part, ...]
    width: int
    quoted: bool = False
    loose: int | None = None


class Wildcard(msgspec.Struct, frozen=True, gc=False):
    """A word with `?` for one character, and a `*` at its end for any rest. `before` are words that
    stand directly before it (`e-mail*`)."""

    text: str
    pattern: str
    before: tuple[Part, ...] = ()
    width: int = 1


class Cased(msgspec.Struct, frozen=True, gc=False):
    """Words compared with their case."""

    text: str
    parts: tuple[Part, ...]
    width: int


class Raw(msgspec.Struct, frozen=True, gc=False):
    """These characters, anywhere, as they are."""

    text: str


class Field(msgspec.Struct, frozen=True, gc=False):
    """A value of a post: `key` is the value as it is compared."""

    name: str
    value: str
    key: str


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number of a post between `low` and `high`, both included."""

    name: str
    low: float
    high: float


class Is(msgspec.Struct, frozen=True, gc=False):
    """`is:reply`, `is:repost`, `is:review` or `is:question`."""

    what: str


class InText(msgspec.Struct, frozen=True, gc=False):
    """The same in the text alone, without the title."""

    child: Node


class Near(msgspec.Struct, frozen=True, gc=False):
    """Two sides with at most `distance` words between them."""

    left: Node
    right: Node
    distance: int
    ordered: bool


class Not(msgspec.Struct, frozen=True, gc=False):
    """Not this."""

    child: Node


class And(msgspec.Struct, frozen=True, gc=False):
    """All of these."""

    children: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True, gc=False):
    """Any of these."""

    children: tuple[Node, ...]


Unit = Words | Wildcard | Cased
Node = Words | Wildcard | Cased | Raw | Field | Number | Is | InText | Near | Not | And | Or


def fields_of(node: Node) -> Iterator[Field]:
    """Every value of a field in the tree, in order."""
    if isinstance(node, Field):
        yield node
    elif isinstance(node, Not | InText):
        yield from fields_of(node.child)
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from fields_of(child)


def is_negative(node: Node) -> bool:
    """Whether the node can hold for a post that has nothing of what it names: then it can't be filed under a term."""
    if isinstance(node, Not):
        return True
    if isinstance(node, And):
        return all(is_negative(child) for child in node.children)
    if isinstance(node, InText):
        return is_negative(node.child)
    return isinstance(node, Or) and any(is_negative(child) for child in node.children)
