"""Texts whose letters carry piles of combining marks, as jokes and attacks do.

Normalising sorts the marks of a letter, in time that grows with the square of their number.
"""

from __future__ import annotations

import regex

MOST_MARKS = 8  # on one letter; no language writes as many
# The half-width sound marks of Japanese are letters that normalise to marks.
_PILE = regex.compile(rf"([\p{{M}}\uff9e\uff9f]{{{MOST_MARKS}}})[\p{{M}}\uff9e\uff9f]+")


def without_piled_marks(text: str) -> str:
    """The text with no more than `MOST_MARKS` marks in a row."""
    return text if text.isascii() else _PILE.sub(r"\1", text)
