"""Conditions that nearly every post meets: a search that asks for nothing else would match nearly everything."""

from __future__ import annotations

import math
from typing import Final

from goodword.language.searches.tree import And, Field, InText, Node, Number, Or, Raw, is_negative

_LEAST_BYTES: Final = 3
"""Of characters looked for anywhere: three letters, or one sign of a script that has thousands."""
_ALL: Final = {"followers": (0.0, math.inf), "rating": (0.0, 100.0)}
"""The numbers that posts have: of ratings, percent are the widest scale in use."""


def broad_part(node: Node) -> Node | None:
    """What makes a node match nearly everything, though it isn't negative; None where it doesn't."""
    match node:
        case Raw(text):
            return node if _is_short(text) else None
        case Field("url", key=key):
            return node if _is_short(key) else None
        case Number(name, low, high) if low <= _ALL[name][0] and high >= _ALL[name][1]:
            return node
        case InText(child):
            return broad_part(child)
        case Or(children):
            return next((part for child in children if (part := broad_part(child)) is not None), None)
        case And(children):
            asked = [broad_part(child) for child in children if not is_negative(child)]
            return asked[0] if asked and None not in asked else None
    return None


def _is_short(characters: str) -> bool:
    return len(characters.encode("utf-8", "surrogatepass")) < _LEAST_BYTES
