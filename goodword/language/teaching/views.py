"""What a taught label is recognised by: the meaning of the text, and its very words.

The meaning is the sentence vector of an encoder; the words are hashed words and character runs, weighted by how rare
they are (TF-IDF) and folded into a narrow vector by signed hashing, which keeps dot products (Weinberger et al. 2009).
Both have length one and stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from goodword.language.reading.encoders import english_encoder, multilingual_encoder
from goodword.language.reading.features import hashed_features
from goodword.language.reading.hashing import BUCKETS
from goodword.language.reading.language_id import languages
from goodword.language.teaching.folding import folded
from goodword.language.teaching.softmax import Matrix

EncoderName = Literal["english", "multilingual", "none"]
_WORDS_SHARE: Final = 0.7
_ENGLISH_FROM: Final = 0.7


def encoder_for(texts: Sequence[str]) -> EncoderName:
    """English where most of the texts are, else the multilingual one."""
    named = [lang for lang in languages(texts) if lang != "und"]
    return "english" if named.count("en") >= _ENGLISH_FROM * len(named) else "multilingual"


def rarity(texts: Sequence[str]) -> NDArray[np.float32]:
    """[BUCKETS]: how much a hashed feature tells, the inverse document frequency, one added on both sides."""
    features, stops = hashed_features(texts)
    documents = np.repeat(np.arange(len(texts)), np.diff(stops, prepend=0))
    once = np.unique(documents * np.int64(BUCKETS) + features) % BUCKETS
    counts = np.bincount(once, minlength=BUCKETS)
    return (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32)


def words_view(texts: Sequence[str], rare: NDArray[np.float32]) -> Matrix:
    """[texts, WORDS_WIDTH], rows of length one (or zero, for a text without words)."""
    return folded(*hashed_features(texts), rare)


def meaning_view(texts: Sequence[str], encoder: EncoderName) -> Matrix:
    """[texts, encoder width], rows of length one: the encoder's mean state."""
    states = (english_encoder() if encoder == "english" else multilingual_encoder()).encode(texts).states
    mean = states[:, states.shape[1] // 2 :]
    unit: Matrix = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
    return unit


def views(texts: Sequence[str], rare: NDArray[np.float32], encoder: EncoderName) -> Matrix:
    """[texts, width] of both views; without an encoder, of the words alone."""
    words = words_view(texts, rare)
    if encoder == "none":
        return words
    return np.hstack([meaning_view(texts, encoder), np.float32(_WORDS_SHARE) * words])
