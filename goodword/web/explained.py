"""A search as people read it, in their language: a tree of conditions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.language.searches import Search
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


@dataclass(frozen=True, slots=True)
class Condition:
    """A line of the tree, and what belongs below it. `negated`: it must not hold."""

    text: str
    parts: Sequence[Condition] = ()
    negated: bool = False

    @property
    def is_list(self) -> bool:
        """Whether its parts are plain conditions, which can stand beside each other."""
        return not any(part.parts or part.negated for part in self.parts)


def explained(search: Search) -> Condition:
    """The whole search."""
    return _condition(search.tree)


def _condition(node: Node) -> Condition:
    match node:
        case And(children):
            return Condition(_("all of these"), [_condition(child) for child in children])
        case Or(children):
            return Condition(_("any of these"), [_condition(child) for child in children])
        case Not(child):
            inner = _condition(child)
            return Condition(_("but not: %(what)s") % {"what": inner.text}, inner.parts, negated=True)
        case InText(child):
            inner = _condition(child)
            return Condition(_("in the text, not in the title: %(what)s") % {"what": inner.text}, inner.parts)
        case Near(left, right, distance, ordered):
            return Condition(_near(distance, ordered=ordered), [_condition(left), _condition(right)])
    return Condition(_leaf(node))


def _near(distance: int, *, ordered: bool) -> str:
    if ordered:
        text = ngettext(
            "one after the other, at most %(n)d word between",
            "one after the other, at most %(n)d words between",
            distance,
        )
    else:
        text = ngettext(
            "near each other, at most %(n)d word between", "near each other, at most %(n)d words between", distance
        )
    return text % {"n": distance}


def _leaf(node: Node) -> str:
    match node:
        case Words():
            return _words(node)
        case Wildcard(text):
            return _("a word like %(text)s") % {"text": text}
        case Cased(text):
            return _("“%(text)s” in exactly these letters") % {"text": text}
        case Raw(text):
            return _("the characters “%(text)s”") % {"text": text}
        case Field(name, value):
            return _field(name) % {"value": value}
        case Is(what):
            return _kind(what)
        case Number(name, low, high):
            return _range(_("stars") if name == "rating" else _("followers"), low, high)
    raise TypeError(f"not a leaf: {node!r}")


def _words(node: Words) -> str:
    if node.loose is not None:
        text = ngettext(
            "the words of “%(text)s” in any order, at most %(n)d other among them",
            "the words of “%(text)s” in any order, at most %(n)d others among them",
            node.loose,
        )
        return text % {"text": node.text, "n": node.loose}
    if len(node.parts) > 1 and not all(part.joined for part in node.parts[1:]):
        return _("the phrase “%(text)s”") % {"text": node.text}
    if node.parts[0].kind is Kind.TAG:
        return _("the hashtag %(text)s") % {"text": node.text}
    if node.parts[0].kind is Kind.HANDLE:
        return _("the handle %(text)s") % {"text": node.text}
    return _("“%(text)s”") % {"text": node.text}


def _field(name: str) -> str:
    return {
        "author": _("written by %(value)s"),
        "lang": _("in the language %(value)s"),
        "country": _("from the country %(value)s"),
        "channel": _("on the channel %(value)s"),
        "thread": _("in the thread %(value)s"),
        "title": _("with the whole title “%(value)s”"),
        "type": _("of the type %(value)s"),
        "sentiment": _("that reads as %(value)s"),
        "emotion": _("with the emotion %(value)s"),
        "site": _("published on %(value)s"),
        "url": _("whose own address contains %(value)s"),
        "link": _("that links to %(value)s"),
    }[name]


def _kind(what: str) -> str:
    return {
        "reply": _("that is a reply"),
        "repost": _("that is a repost"),
        "review": _("that is a review"),
        "question": _("that asks something"),
    }[what]


def _range(what: str, low: float, high: float) -> str:
    if low == high:
        text = _("with %(low)g %(what)s")
    elif math.isinf(high):
        text = _("with at least %(low)g %(what)s")
    else:
        text = _("with at most %(high)g %(what)s") if math.isinf(low) else _("with %(low)g to %(high)g %(what)s")
    return text % {"low": low, "high": high, "what": what}
