"""How articles and questions become words that meet each other. Pure.

Customers and articles write in any language, so no stemmer of one is used: words are cut after six letters, which finds
nearly as much in European languages as stemming does (McNamee and Mayfield, Information Retrieval 7, 2004).
"""

from __future__ import annotations

import unicodedata

import regex

from goodword.language.topics.function_words import FUNCTION_WORDS

STEM = 6  # letters
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_MARKS = regex.compile(r"\p{M}+")


def stems(text: str) -> list[str]:
    """What a text is about, in its order: words without case and accents, each cut after `STEM` letters; not those that
    only hold sentences together."""
    return [word[:STEM] for word in _WORD.findall(_plain(text)) if word not in _SAY_NOTHING]


def vector(title: str, text: str) -> str:
    """A `tsvector` in its written form: the words of the title weigh more."""
    weights = dict.fromkeys(stems(text), "B") | dict.fromkeys(stems(title), "A")
    return " ".join(f"'{stem}':1{weight}" for stem, weight in weights.items())


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()


_SAY_NOTHING = frozenset(part for word in FUNCTION_WORDS for part in _WORD.findall(_plain(word)))
