"""Where in a message the words stand that were looked for. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from goodword.care.search_terms import search_terms

LOOKED_AT = 20_000  # characters; words further on are not shown
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")


def places_of(text: str, looked_for: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of each word of the text that was looked for (`refund`, or `refun*`)."""
    exact = {term for term in looked_for if not term.endswith("*")}
    begins = tuple(term[:-1] for term in looked_for if term.endswith("*"))
    return [
        word.span()
        for word in _WORD.finditer(text, endpos=LOOKED_AT)
        if any(term in exact or (begins and term.startswith(begins)) for term in search_terms(word.group()))
    ]
