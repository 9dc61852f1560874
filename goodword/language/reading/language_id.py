"""Which language a post is in, by fastText's compressed identification model (176 languages, 0.9 MB)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from goodword.language.reading.reading import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from fasttext.FastText import _FastText

_SURE_FROM: Final = 0.35
_LETTERS_NEEDED: Final = 3
LOOKED_AT: Final = 160
_LABEL = len("__label__")
ENGLISH_ALONE: Final = frozenset({
    "the", "and", "you", "your", "my", "this", "that", "with", "have", "it's", "i'm", "just", "they", "their", "what",
    "when", "would", "been", "there", "than", "which", "because", "don't", "didn't", "should", "after", "about",
})  # fmt: skip
ENGLISH_FROM: Final = 2
"""So many different words that only English has spare the model, which is the dearest part of a fast reading."""
NO, YES, UNKNOWN = 0, 1, 2


@cache
def _model() -> _FastText:
    import fasttext

    with resources.as_file(resources.files("goodword.language.reading") / "weights" / "lid.176.ftz") as path:
        return fasttext.load_model(str(path))


def languages(texts: Sequence[str], *, english: Sequence[int] | None = None) -> list[str]:
    """The ISO 639 code of each text, or `und` where there are too few letters or too little certainty. `english` says
    of each (NO, YES, UNKNOWN) whether it has enough words that only English has, where that was seen already."""
    seen = [UNKNOWN] * len(texts) if english is None else english
    return [
        "en" if known == YES else _language(text[:LOOKED_AT], known) for text, known in zip(texts, seen, strict=True)
    ]


def _language(text: str, english: int) -> str:
    text = text.lower()
    if english == UNKNOWN and len(ENGLISH_ALONE.intersection(text.replace("’", "'").split())) >= ENGLISH_FROM:
        return "en"
    told = " ".join(word for word in text.split() if word[0] not in "@#" and not word.startswith("http"))
    if len(told) < _LETTERS_NEEDED:
        return UNKNOWN_LANGUAGE
    best = _model().f.predict(told + "\n", 1, _SURE_FROM, "strict")
    return best[0][1][_LABEL:] if best else UNKNOWN_LANGUAGE
