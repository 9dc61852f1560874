"""Whether a text speaks of something: words as people type them into a rule, held against what was said."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\W_]+")


def folded(words: str) -> str:
    """Case-folded, with a single space where letters and digits end."""
    return _MARKS.sub(" ", words.casefold()).strip()


def occurs(word: str, words: str) -> bool:
    """As the beginning of a word: `refund` also in "refunded". Both are folded."""
    return f" {word}" in f" {words}"
