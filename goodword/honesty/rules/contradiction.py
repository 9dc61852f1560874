"""Whether a draft says what a statement in force denies."""

from __future__ import annotations

from functools import lru_cache

from goodword.language.searches import Post, Search, matches, parse
from goodword.language.sentences import sentences


def contradicting(text: str, *, about: str, denies: str) -> str | None:
    """The first sentence that says what is denied, in a draft about the matter; None if there is none.

    `about` and `denies` are searches: a draft that matches the first may have no sentence that matches the second.
    Raises `SearchError` for what is no search.
    """
    if not matches(_search(about), Post(text=text)):
        return None
    denied = _search(denies)
    said = (text[start:end].strip() for start, end in sentences(text))
    return next((sentence for sentence in said if matches(denied, Post(text=sentence))), None)


@lru_cache(maxsize=128)
def _search(text: str) -> Search:
    return parse(text)
