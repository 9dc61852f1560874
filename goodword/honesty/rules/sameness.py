"""Whether a text has been said to others already, word for word or nearly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from goodword.language.copies.essence import essence

ALIKE: Final = 0.7
"""Jaccard likeness of the runs of three words from which on two replies are one: about one word in ten changed."""
FEWEST_WORDS: Final = 12
"""Shorter replies are alike by nature: "Thank you, we look into it"."""
_RUN: Final = 3
_GREETING: Final = 4
"""So many words at the beginning and at the end are left out: names stand there."""


def times_said(text: str, others: Iterable[str]) -> int:
    """How many of the others say the same as `text`."""
    mine = _runs(text)
    if not mine:
        return 0
    return sum(_likeness(mine, runs) >= ALIKE for runs in map(_runs, others) if runs)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = essence(text).split()
    if len(words) < FEWEST_WORDS:
        return frozenset()
    core = words[_GREETING:-_GREETING] if len(words) >= FEWEST_WORDS + 2 * _GREETING else words
    return frozenset(zip(*(core[start:] for start in range(_RUN)), strict=False))


def _likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
