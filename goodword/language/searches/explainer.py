"""A search as people read it: a tree of conditions in words.

As with errors, words are templates with their values beside them, so that a page can translate them without this
package knowing of any language; `explain` says them in English.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from goodword.language.searches.errors import gettext_noop, ngettext
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
from goodword.language.searches.words import Kind

_INDENT: Final = "  "
_FIELDS: Final = {
    "author": gettext_noop("written by {value}"),
    "lang": gettext_noop("in the language {value}"),
    "country": gettext_noop("from the country {value}"),
    "channel": gettext_noop("on the channel {value}"),
    "thread": gettext_noop("in the thread {value}"),
    "title": gettext_noop("with the whole title “{value}”"),
    "type": gettext_noop("of the type {value}"),
    "sentiment": gettext_noop("that reads as {value}"),
    "emotion": gettext_noop("with the emotion {value}"),
    "site": gettext_noop("published on {value}"),
    "url": gettext_noop("whose own address contains {value}"),
    "link": gettext_noop("that links to {value}"),
}
_IS: Final = {
    "reply": gettext_noop("that is a reply"),
    "repost": gettext_noop("that is a repost"),
    "review": gettext_noop("that is a review"),
    "question": gettext_noop("that asks something"),
}
# exactly, at least, at most, between
_NUMBERS: Final = {
    "rating": (
        gettext_noop("with {low} stars"),
        gettext_noop("with at least {low} stars"),
        gettext_noop("with at most {high} stars"),
        gettext_noop("with {low} to {high} stars"),
    ),
    "followers": (
        gettext_noop("with {low} followers"),
        gettext_noop("with at least {low} followers"),
        gettext_noop("with at most {high} followers"),
        gettext_noop("with {low} to {high} followers"),
    ),
}
_NEAR: Final = ngettext(
    "near each other, at most {n} word between", "near each other, at most {n} words between"
)  # fmt: skip
_AFTER: Final = ngettext(
    "one after the other, at most {n} word between", "one after the other, at most {n} words between"
)
_LOOSE: Final = ngettext(
    "the words of “{text}” in any order, at most {n} other among them",
    "the words of “{text}” in any order, at most {n} others among them",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A template and what stands in it. Where it speaks of a number, `plural` is for any but one, and `values["n"]`
    is that number. Of a wording within another, `{what}` is the inner one."""

    template: str
    values: Mapping[str, str | int]
    plural: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A line of the tree, and what belongs below it. `words` are one within the other, the outermost first; `negated`:
    it must not hold."""

    words: Sequence[Wording]
    parts: Sequence[Condition] = ()
    negated: bool = False

    def said(self, translate: Callable[[Wording], str]) -> str:
        """The line, by a translation of single wordings that fills nothing in."""
        inner = ""
        for wording in reversed(self.words):
            inner = translate(wording).format(**wording.values, what=inner)
        return inner


def conditions(search: Search) -> Condition:
    """The whole search."""
    return _condition(search.tree)


def explain(search: Search) -> str:
    """The search in English, a line a condition, what belongs together indented."""
    return explain_tree(search.tree)


def explain_tree(tree: Node) -> str:
    """As `explain`, for a tree or a part of one."""
    return "\n".join(_lines(_condition(tree)))


def _lines(condition: Condition) -> list[str]:
    below = [_INDENT + line for part in condition.parts for line in _lines(part)]
    return [condition.said(_in_english) + (":" if below else ""), *below]


def _in_english(wording: Wording) -> str:
    return wording.plural if wording.plural and wording.values["n"] != 1 else wording.template


def _condition(node: Node) -> Condition:
    match node:
        case And(children):
            return Condition([Wording(gettext_noop("all of these"), {})], [_condition(child) for child in children])
        case Or(children):
            return Condition([Wording(gettext_noop("any of these"), {})], [_condition(child) for child in children])
        case Not(child):
            return _within(gettext_noop("but not: {what}"), _condition(child), negated=True)
        case InText(child):
            return _within(gettext_noop("in the text, not in the title: {what}"), _condition(child), negated=False)
        case Near(left, right, distance, ordered):
            one, many = _AFTER if ordered else _NEAR
            return Condition([Wording(one, {"n": distance}, many)], [_condition(left), _condition(right)])
    return Condition([_leaf(node)])


def _within(template: str, inner: Condition, *, negated: bool) -> Condition:
    return Condition([Wording(template, {}), *inner.words], inner.parts, negated=negated)


def _leaf(node: Node) -> Wording:
    match node:
        case Words():
            return _words(node)
        case Wildcard(text):
            return Wording(gettext_noop("a word like {text}"), {"text": text})
        case Cased(text):
            return Wording(gettext_noop("“{text}” in exactly these letters"), {"text": text})
        case Raw(text):
            return Wording(gettext_noop("the characters “{text}”"), {"text": text})
        case Field(name, value):
            return Wording(_FIELDS[name], {"value": value})
        case Is(what):
            return Wording(_IS[what], {})
        case Number(name, low, high):
            return _range(name, low, high)
    raise TypeError(f"not a leaf: {node!r}")


def _words(node: Words) -> Wording:
    if node.loose is not None:
        one, many = _LOOSE
        return Wording(one, {"text": node.text, "n": node.loose}, many)
    values = {"text": node.text}
    if len(node.parts) > 1 and not all(part.joined for part in node.parts[1:]):
        return Wording(gettext_noop("the phrase “{text}”"), values)
    if node.parts[0].kind is Kind.TAG:
        return Wording(gettext_noop("the hashtag {text}"), values)
    if node.parts[0].kind is Kind.HANDLE:
        return Wording(gettext_noop("the handle {text}"), values)
    return Wording(gettext_noop("“{text}”"), values)


def _range(name: str, low: float, high: float) -> Wording:
    exactly, least, most, between = _NUMBERS[name]
    values = {"low": f"{low:g}", "high": f"{high:g}"}
    if low == high:
        return Wording(exactly, values)
    if math.isinf(high):
        return Wording(least, values)
    return Wording(most if math.isinf(low) else between, values)
