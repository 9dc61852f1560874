"""A search as people read it: one line a condition, what belongs together indented."""

from __future__ import annotations

import math

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
    Part,
    Raw,
    Wildcard,
    Words,
)
from goodword.language.searches.words import Kind

_INDENT = "  "
_FIELD_PHRASES = {
    "author": "written by",
    "lang": "in the language",
    "country": "from the country",
    "channel": "on the channel",
    "thread": "in the thread",
    "title": "with the whole title",
    "type": "of the type",
    "sentiment": "read as",
    "emotion": "with the emotion",
    "site": "published on",
    "url": "whose own address contains",
    "link": "linking to",
}


def explain(search: Search) -> str:
    """The search in words, as lines of text."""
    return explain_tree(search.tree)


def explain_tree(tree: Node) -> str:
    """As `explain`, for a tree or a part of one."""
    return "\n".join(_lines(tree))


def _lines(node: Node) -> list[str]:
    match node:
        case And(children):
            return ["all of:", *_indented(children)]
        case Or(children):
            return ["any of:", *_indented(children)]
        case Not(child):
            return _prefixed("but not ", child)
        case InText(child):
            return _prefixed("in the text alone: ", child)
        case Near(left, right, distance, ordered):
            order = "followed, with" if ordered else "with"
            return [f"{order} at most {distance} {_plural(distance)} between:", *_indented((left, right))]
    return [_leaf(node)]


def _indented(nodes: list[Node] | tuple[Node, ...]) -> list[str]:
    return [_INDENT + line for node in nodes for line in _lines(node)]


def _prefixed(prefix: str, node: Node) -> list[str]:
    first, *rest = _lines(node)
    return [prefix + first, *(rest if not isinstance(node, And) else [_INDENT + line for line in rest])]


def _leaf(node: Node) -> str:
    match node:
        case Words(text, parts, loose=loose):
            return _words(text, parts, loose)
        case Wildcard(text):
            return f"a word like {text}"
        case Cased(text):
            return f"“{text}” in exactly this case"
        case Raw(text):
            return f"the characters “{text}”"
        case Field(name, value):
            return f"{_FIELD_PHRASES[name]} {value}"
        case Is(what):
            return f"that is a {what}"
        case Number(name, low, high):
            return f"with {name} {_range(low, high)}"
    raise TypeError(f"not a leaf: {node!r}")


def _words(text: str, parts: tuple[Part, ...], loose: int | None) -> str:
    if loose is not None:
        return f"the words of “{text}” in any order, at most {loose} other {_plural(loose)} among them"
    if len(parts) > 1:
        return f"“{text}”" if all(part.joined for part in parts[1:]) else f"the phrase “{text}”"
    if parts[0].kind is Kind.TAG:
        return f"the hashtag {text}"
    return f"the handle {text}" if parts[0].kind is Kind.HANDLE else f"“{text}”"


def _plural(number: int) -> str:
    return "word" if number == 1 else "words"


def _range(low: float, high: float) -> str:
    if low == high:
        return f"{low:g}"
    if math.isinf(high):
        return f"of at least {low:g}"
    return f"of at most {high:g}" if math.isinf(low) else f"from {low:g} to {high:g}"
