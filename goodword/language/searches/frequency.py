"""How often a term is met: a search is looked for by its rarest required term.

Only speed depends on it, never what matches. Frequencies are words per million; counted from a sample of
posts where there is one, else guessed from the word itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from goodword.language.searches.terms import TermKind
from goodword.language.searches.words import Kind, read_words

_COMMON = [
    "the", "to", "a", "i", "and", "of", "in", "is", "you", "it", "for", "my", "that", "on", "this", "me", "be",
    "with", "so", "have", "just", "at", "not", "are", "but", "was", "all", "we", "up", "do", "your", "like",
    "out", "what", "if", "get", "can", "no", "about", "when", "from", "or", "as", "they", "now", "he", "one",
    "will", "how", "an", "there", "she", "her", "his", "good", "more", "by", "don't", "it's", "i'm", "day",
    "time", "am", "go", "love", "new", "know", "see", "has", "really", "been", "had", "want", "got", "today",
    "they're", "them", "people", "who", "would", "their", "make", "him", "think", "back", "our", "been",
    "going", "need", "too", "why", "some", "because", "us", "over", "very", "de", "la", "que", "el", "en", "y",
    "no", "un", "les", "est", "le", "et", "die", "der", "und", "ich", "das", "ist", "nicht", "o", "e", "é",
    "os", "da", "do", "em",
]  # fmt: skip
"""The commonest words of posts, commonest first: English, then those of some other languages."""
_GUESS_BY_KIND = {TermKind.PAIR: 300.0, TermKind.TAG: 30.0, TermKind.HANDLE: 30.0, TermKind.CASED: 100.0}
_GUESS_BY_FIELD = {"lang": 200_000.0, "is": 50_000.0, "has": 200_000.0, "type": 50_000.0, "channel": 200_000.0}
_GUESS_OF_FIELD = 100.0
_SMOOTHING = 0.5


_PLAIN_WORD = re.compile(r"[a-z0-9_]+(?:'[a-z]+)*")
"""Near enough a word, in a text of ASCII."""


def _words(text: str) -> Iterator[str]:
    return (token.key for token in read_words(text) if token.kind <= Kind.LETTER)


class Frequencies:
    """Word frequencies. `Frequencies()` guesses; `Frequencies.of(texts)` counts a sample."""

    def __init__(self, counts: dict[str, float] | None = None, total: int = 0) -> None:
        self._counts = counts or {word: 20_000.0 / (rank + 1) for rank, word in enumerate(_COMMON)}
        self._scale = 1e6 / total if total else 1.0
        self._unseen = _SMOOTHING * self._scale if total else None

    @classmethod
    def of(cls, texts: Iterable[str]) -> Frequencies:
        """Count the words of a sample; a few thousand posts are enough."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(_PLAIN_WORD.findall(text.lower()) if text.isascii() else _words(text))
        return cls(dict(counts), counts.total())

    def per_million(self, kind: TermKind, key: str) -> float:
        """How often the term is met among a million words."""
        if kind is TermKind.FIELD:
            return _GUESS_BY_FIELD.get(key.partition("\0")[0], _GUESS_OF_FIELD)
        if kind is TermKind.WORD:
            count = self._counts.get(key)
            if count is not None:
                return count * self._scale
            return self._unseen or 1500.0 / len(key) ** 2
        return _GUESS_BY_KIND.get(kind) or 6000.0 / len(key) ** 2
