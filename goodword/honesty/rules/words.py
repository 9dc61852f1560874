"""Lists of words as one expression."""

from __future__ import annotations

import re


def any_of(*alternatives: str) -> str:
    """A group that matches one of some expressions, the first that fits."""
    return f"(?:{'|'.join(alternatives)})"


def words(*alternatives: str, plain: str = "") -> re.Pattern[str]:
    """One of some expressions, each beginning at a word, in any case; `plain` is one more that needn't."""
    return re.compile(rf"\b{any_of(*alternatives)}" + (f"|{plain}" if plain else ""), re.IGNORECASE)


def small_words(*alternatives: str, plain: str = "") -> re.Pattern[str]:
    """As `words`, of a text in small letters: to search without regard to case takes twice as long."""
    return re.compile(rf"\b{any_of(*alternatives)}" + (f"|{plain}" if plain else ""))
