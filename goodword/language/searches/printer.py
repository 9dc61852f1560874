"""A tree back to a search. `parse(print_search(tree)).tree == tree` for every tree that parsing gives."""

from __future__ import annotations

import math
import re

from goodword.language.searches.limits import DEFAULT_DISTANCE
from goodword.language.searches.search import Search
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

_BARE_VALUE = re.compile(r'(?![\[{])[^\s()"“”]+')


def print_search(search: Search) -> str:
    """The search in its canonical form: every AND written, brackets only where they are needed."""
    return print_tree(search.tree)


def print_tree(node: Node) -> str:
    """As `print_search`, for a tree or a part of one."""
    match node:
        case And(children):
            return _print_and(children)
        case Or(children):
            return " OR ".join(_operand(child) for child in children)
        case Not(child):
            return f"NOT {_operand(child)}"
        case Near(left, right, distance, ordered):
            operator = ("ONEAR" if ordered else "NEAR") + ("" if distance == DEFAULT_DISTANCE else f"/{distance}")
            return f"{_operand(left)} {operator} {_operand(right)}"
        case InText(child):
            printed = print_tree(child)
            return f"text:({printed})" if isinstance(child, And | Or | Not | Near) else f"text:{printed}"
    return _print_leaf(node)


def _print_leaf(node: Node) -> str:
    match node:
        case Words(text, quoted=quoted, loose=loose):
            return (f'"{text}"' if quoted else text) + ("" if loose is None else f"~{loose}")
        case Wildcard(text):
            return text
        case Cased(text):
            return f"{{{text}}}"
        case Raw(text):
            return f"raw:{_value(text)}"
        case Field(name, value):
            return f"{name}:{_value(value)}"
        case Is(what):
            return f"is:{what}"
        case Number(name, low, high):
            return f"{name}:{_number(low)}" if low == high else f"{name}:[{_number(low)} TO {_number(high)}]"
    raise TypeError(f"not a leaf: {node!r}")


def _print_and(children: tuple[Node, ...]) -> str:
    printed = _operand(children[0])
    for child in children[1:]:
        printed += (" " if isinstance(child, Not) else " AND ") + _operand(child)
    return printed


def _operand(node: Node) -> str:
    """A node as one operand of its parent, in brackets where it holds an operator that binds less."""
    if isinstance(node, And | Or):
        return f"({print_tree(node)})"
    return print_tree(node)


def _value(value: str) -> str:
    return value if _BARE_VALUE.fullmatch(value) else f'"{value}"'


def _number(number: float) -> str:
    return "*" if math.isinf(number) else f"{number:.9f}".rstrip("0").rstrip(".")
