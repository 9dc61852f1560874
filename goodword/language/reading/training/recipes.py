"""Which encoder is fine-tuned on what, and how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from goodword.language.reading.normalise import normalise, spelt_out
from goodword.language.reading.training import bases, corpora, vocabulary
from goodword.language.reading.training.corpora import Labelled
from goodword.language.reading.training.fine_tune import Recipe
from goodword.language.reading.training.pack import Parameters

LAYERS = 6
_PIECES_KEPT = 28_000


class Base(msgspec.Struct, frozen=True):
    """A pretrained encoder that is about to be fine-tuned: what it starts from, and what it learns."""

    name: str
    parameters: Parameters
    tokenizer: str
    padding: int
    spell: Callable[[str], str]
    labelled: list[Labelled]
    recipe: Recipe
    holds_meaning: bool


def english(data: Path, minutes: float) -> Base:
    """MiniLM on all English sets; short requests without labels keep its sentence vectors in shape."""
    parameters, tokenizer = bases.minilm()
    labelled = [
        *corpora.sentiment(data, "train"),
        *corpora.emotion(data, "train"),
        *corpora.goemotions(data, "train"),
        *corpora.offensive(data, "train"),
        *corpora.irony(data, "train"),
        *corpora.intents(data)[::2],
        *(item for item in corpora.multilingual(data, "train") if item.lang == "en"),
    ]
    passes = {"sentiment": 0.8, "multilingual": 1, "emotion": 3, "goemotions": 0.3, "offensive": 1, "irony": 3}
    recipe = Recipe(layers=LAYERS, minutes=minutes, passes=passes | {"intents": 0.8})
    text = tokenizer.read_text(encoding="utf-8")
    return Base("english", parameters, text, 0, spelt_out, labelled, recipe, True)


def multilingual(data: Path, minutes: float) -> Base:
    """The first six layers of multilingual-e5-small, its vocabulary cut to the scripts and words that are read."""
    parameters, tokenizer = bases.e5(LAYERS)
    labelled = [
        *corpora.multilingual(data, "train"),
        *corpora.sentiment(data, "train"),
        *corpora.emotion(data, "train"),
        *corpora.goemotions(data, "train"),
        *corpora.offensive(data, "train"),
        *corpora.irony(data, "train"),
    ]
    many = [normalise(item.text) for item in labelled if item.source == "multilingual"]
    some = [normalise(item.text) for item in labelled if item.source != "multilingual"][::6]
    kept = vocabulary.chosen_pieces(tokenizer, many * 3 + some, _PIECES_KEPT)
    parameters["embed.word"] = parameters["embed.word"][kept]
    passes = {"multilingual": 2, "sentiment": 0.1, "emotion": 0.7, "goemotions": 0.06, "offensive": 0.2, "irony": 0.7}
    recipe = Recipe(layers=LAYERS, frozen=2, minutes=minutes, passes=passes, rate=1.5e-4, batch=32)
    trimmed = vocabulary.trimmed(tokenizer, kept)
    return Base("multilingual", parameters, trimmed, 1, normalise, labelled, recipe, False)
