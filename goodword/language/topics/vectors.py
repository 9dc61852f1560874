"""Texts as weighted words: a space in which likeness is the cosine."""

from __future__ import annotations

import math
from collections import Counter

from goodword.language.topics.background import Background
from goodword.language.topics.phrases import tells

Vector = dict[str, float]
"""Weights by word; of length 1 unless empty."""

_MOST_TERMS = 24


def word_vector(words: list[str], background: Background) -> Vector:
    """The telling words by TF-IDF, the 24 weightiest of them, at length 1."""
    counts = Counter(word for word in words if tells(word))
    weights = {word: (1 + math.log(number)) * background.rarity(word) for word, number in counts.items()}
    kept = sorted(weights, key=weights.__getitem__, reverse=True)[:_MOST_TERMS]
    length = math.sqrt(sum(weights[word] ** 2 for word in kept))
    return {word: weights[word] / length for word in kept}


def cosine(one: Vector, other: Vector) -> float:
    """Of two vectors of any length; 0 when one is empty."""
    small, large = sorted((one, other), key=len)
    product = sum(weight * large.get(word, 0.0) for word, weight in small.items())
    lengths = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return product / lengths if lengths else 0.0
