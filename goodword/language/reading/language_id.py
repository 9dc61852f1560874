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
_LOOKED_AT: Final = 160
_LABEL = len("__label__")
_ENGLISH_ALONE: Final = frozenset({
    "the", "and", "you", "your", "my", "this", "that", "with", "have", "it's", "i'm", "just", "they", "their", "what",
    "when", "would", "been", "there", "than", "which", "because", "don't", "didn't", "should", "after", "about",
})  # fmt: skip
_ENGLISH_FROM: Final = 2
"""So many different words that only English has spare the model, which is the dearest part of a fast reading."""


@cache
def _model() -> _FastText:
    import fasttext

    with resources.as_file(resources.files("goodword.language.reading") / "weights" / "lid.176.ftz") as path:
        return fasttext.load_model(str(path))


def languages(texts: Sequence[str]) -> list[str]:
    """The ISO 639 code of each text, or `und` where there are too few letters or too little certainty."""
    return [_language(text[:_LOOKED_AT].lower().split()) for text in texts]


def _language(words: list[str]) -> str:
    if len(_ENGLISH_ALONE.intersection(words)) >= _ENGLISH_FROM:
        return "en"
    told = " ".join(word for word in words if word[0] not in "@#" and not word.startswith("http"))
    if len(told) < _LETTERS_NEEDED:
        return UNKNOWN_LANGUAGE
    labels, chances = _model().predict(told)
    return labels[0][_LABEL:] if labels and chances[0] >= _SURE_FROM else UNKNOWN_LANGUAGE
