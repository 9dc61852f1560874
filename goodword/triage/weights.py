"""How much each part of a risk may add, and which words of its own a workspace counts. Pure.

Bounds hold whatever is stored: a weight beyond them counts as the nearest one. They keep the order that no workspace
may change: whoever is hurt comes before everybody else, and what may endanger somebody adds more than fame ever can.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Self

# From `HURT` on there is only harm; all the other parts together stay below it.
HURT: Final = 60


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a part may weigh, and what it weighs where nobody says otherwise."""

    least: int
    usual: int
    most: int

    def nearest(self, given: int) -> int:
        """`given`, within the bounds."""
        return max(self.least, min(given, self.most))


BOUNDS: Final[Mapping[str, Bounds]] = {
    "harm": Bounds(HURT, 60, 100),
    "safety": Bounds(12, 30, 50),
    "vulnerable": Bounds(12, 30, 50),
    "second": Bounds(24, 30, 50),
    "urgency": Bounds(10, 40, 58),
    "money": Bounds(0, 20, 40),
    "legal": Bounds(0, 20, 40),
    "outage": Bounds(0, 16, 40),
    "repeated": Bounds(0, 16, 24),  # a second failure is never less
    "review": Bounds(0, 12, 30),
    "anger": Bounds(0, 14, 30),
    "age": Bounds(4, 8, 20),  # waiting always counts
    "reach": Bounds(0, 10, 10),  # never as much as what may endanger somebody
}
# Parts that are found by words, to which a workspace may add its own.
WORDED: Final = ("harm", "safety", "vulnerable", "money", "legal", "outage", "review")


@dataclass(frozen=True, slots=True)
class Weights:
    """The points that each part adds at most, by its name, and beginnings of words that count for it as well."""

    points: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """As `as_json` wrote it."""
        words = {part: tuple(said) for part, said in stored.get("words", {}).items()}
        return cls(points=dict(stored.get("points", {})), words=words)

    def as_json(self) -> dict[str, Any]:
        """For a row; every part is named."""
        words = {part: list(said) for part, said in self.words.items() if said}
        return {"points": {part: self.most(part) for part in BOUNDS}, "words": words}

    def most(self, part: str) -> int:
        """What `part` adds at most, within its bounds."""
        bounds = BOUNDS[part]
        return bounds.nearest(self.points.get(part, bounds.usual))

    def own_word(self, part: str, text: str) -> str:
        """The word of the text that this workspace counts for `part`; empty where there is none."""
        words = self.words.get(part, ())
        found = _beginning_with(words).search(text) if words else None
        return found[0] if found else ""


@lru_cache(maxsize=256)
def _beginning_with(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE)
