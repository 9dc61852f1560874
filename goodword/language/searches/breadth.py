"""Conditions that nearly every post meets: a search that asks for nothing else would match nearly everything."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from goodword.language.reading.heads import FINE_EMOTIONS, SENTIMENTS
from goodword.language.searches.tree import And, Field, InText, Node, Number, Or, Raw, is_negative

_LEAST_BYTES: Final = 3
"""Of characters looked for anywhere: three letters, or one sign of a script that has thousands."""
_ALL: Final = {"followers": (0.0, math.inf), "rating": (0.0, 100.0)}
"""The numbers that posts have: of ratings, percent are the widest scale in use."""
_NEXT: Final = {"followers": 1.0, "rating": 0.0}
"""How far the next number may be from where a range ends, with none between them."""
_LABELS: Final = {"sentiment": SENTIMENTS, "emotion": FINE_EMOTIONS}
_BEGINNINGS: Final = ("http://", "https://")
"""What addresses have in common."""


def broad_part(node: Node) -> Node | None:
    """What makes a node match nearly everything, though it isn't negative; None where it doesn't."""
    match node:
        case Raw(text):
            return node if _is_short(text) else None
        case Field("url", key=key):
            return node if _is_short(key) or any(key in beginning for beginning in _BEGINNINGS) else None
        case Number(name, low, high) if low <= _ALL[name][0] and high >= _ALL[name][1]:
            return node
        case InText(child):
            return broad_part(child)
        case Or(children):
            alone = next((part for child in children if (part := broad_part(child)) is not None), None)
            return alone or _broad_together(list(_alternatives(node)))
        case And(children):
            asked = [broad_part(child) for child in children if not is_negative(child)]
            return asked[0] if asked and None not in asked else None
    return None


def _alternatives(node: Node) -> Iterator[Node]:
    """What stands beside each other with OR, brackets apart."""
    if isinstance(node, Or):
        for child in node.children:
            yield from _alternatives(child)
    else:
        yield node


def _broad_together(nodes: Sequence[Node]) -> Node | None:
    """The ranges of a number, or the labels of a field, that leave nothing out between them."""
    for name, known in _LABELS.items():
        fields = [node for node in nodes if isinstance(node, Field) and node.name == name]
        if {field.key for field in fields} >= set(known):
            return Or(tuple(fields))
    for name in _ALL:
        ranges = [node for node in nodes if isinstance(node, Number) and node.name == name]
        if len(ranges) > 1 and _covers(ranges, *_ALL[name], _NEXT[name]):
            return Or(tuple(ranges))
    return None


def _covers(ranges: Sequence[Number], low: float, high: float, step: float) -> bool:
    reached = low - step
    for one in sorted(ranges, key=lambda one: one.low):
        if one.low > reached + step:
            return False
        reached = max(reached, one.high)
    return reached >= high


def _is_short(characters: str) -> bool:
    return len(characters.encode("utf-8", "surrogatepass")) < _LEAST_BYTES
