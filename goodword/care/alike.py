"""Which cause the cases got that read most alike. Pure: for workspaces that have not taught a reader yet.

Cosine of word vectors weighted by rarity (TF-IDF; Salton and Buckley 1988), and a vote of the nearest, each with the
square of its nearness (k-NN).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from goodword.care.search_terms import search_terms

NEIGHBOURS = 7
NEAR = 0.25  # cosine; what is farther off says nothing
FEWEST_VOTES = 2  # one case alone is no habit
CLEAR = 0.6  # share of the votes that the winner must have
Vector = Mapping[str, float]


def cause_of_alike(text: str, known: Sequence[tuple[str, int]]) -> int | None:
    """The cause of the texts in `known` (text, cause) that are most like this one; None where they don't agree."""
    counted = [Counter(search_terms(each)) for each, _cause in known]
    rarity = _rarity(counted)
    asked = _vector(Counter(search_terms(text)), rarity)
    near = sorted(
        ((_cosine(asked, _vector(words, rarity)), cause) for words, (_text, cause) in zip(counted, known, strict=True)),
        reverse=True,
    )[:NEIGHBOURS]
    votes: dict[int, list[float]] = defaultdict(list)
    for nearness, cause in near:
        if nearness >= NEAR:
            votes[cause].append(nearness**2)
    if not votes:
        return None
    winner = max(votes, key=lambda cause: sum(votes[cause]))
    share = sum(votes[winner]) / sum(sum(each) for each in votes.values())
    return winner if len(votes[winner]) >= FEWEST_VOTES and share >= CLEAR else None


def _rarity(documents: Sequence[Iterable[str]]) -> dict[str, float]:
    """By word. One that no document has is the rarest: it takes a text away from all of them."""
    found = Counter(word for words in documents for word in words)
    known = {word: math.log((1 + len(documents)) / (1 + count)) + 1 for word, count in found.items()}
    return defaultdict(lambda: math.log(1 + len(documents)) + 1, known)


def _vector(words: Counter[str], rarity: Mapping[str, float]) -> Vector:
    """Of length one."""
    weights = {word: (1 + math.log(n)) * rarity[word] for word, n in words.items()}
    length = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def _cosine(one: Vector, other: Vector) -> float:
    small, large = sorted((one, other), key=len)
    return sum(weight * large[word] for word, weight in small.items() if word in large)
