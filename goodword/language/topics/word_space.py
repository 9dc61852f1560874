"""Clusters by the words of their posts."""

from __future__ import annotations

import math
from collections import defaultdict

from goodword.language.topics.background import Background
from goodword.language.topics.spaces import Embedding, Space
from goodword.language.topics.vectors import Vector, word_vector

_MOST_TERMS = 120
_KEPT_TERMS = 60


class WordSpace(Space[Vector]):
    """Sparse centres with an index from words to the clusters that hold them. A centre keeps its weightiest words."""

    near = 0.3
    same = 0.45

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._centres: dict[int, Vector] = {}
        self._lengths: dict[int, float] = {}
        self._holders: defaultdict[str, set[int]] = defaultdict(set)

    def vector_of(self, words: list[str], embedding: Embedding | None) -> Vector:
        return word_vector(words, self._background)

    def nearest(self, vector: Vector) -> tuple[int, float] | None:
        return self._nearest(vector, without=None)

    def nearest_to(self, cluster: int) -> tuple[int, float] | None:
        centre = self._centres.get(cluster)
        found = self._nearest(centre, without=cluster) if centre else None
        return (found[0], found[1] / self._lengths[cluster]) if found else None

    def absorb(self, cluster: int, vector: Vector, weight: float) -> None:
        centre = self._centres.setdefault(cluster, {})
        for word, value in vector.items():
            centre[word] = centre.get(word, 0.0) + weight * value
            self._holders[word].add(cluster)
        if len(centre) > _MOST_TERMS:
            for word in sorted(centre, key=centre.__getitem__)[:-_KEPT_TERMS]:
                del centre[word]
                self._release(word, cluster)
        self._lengths[cluster] = math.sqrt(sum(value * value for value in centre.values()))

    def merge(self, kept: int, gone: int) -> None:
        centre = self._centres[gone]
        self.forget(gone)
        self.absorb(kept, centre, 1.0)

    def forget(self, cluster: int) -> None:
        for word in self._centres.pop(cluster):
            self._release(word, cluster)
        del self._lengths[cluster]

    def scale(self, factor: float) -> None:
        for cluster, centre in self._centres.items():
            for word in centre:
                centre[word] *= factor
            self._lengths[cluster] *= factor

    def _nearest(self, vector: Vector, without: int | None) -> tuple[int, float] | None:
        products: defaultdict[int, float] = defaultdict(float)
        for word, value in vector.items():
            for cluster in self._holders.get(word, ()):
                if cluster != without:
                    products[cluster] += value * self._centres[cluster][word]
        if not products:
            return None
        cosines = {cluster: product / self._lengths[cluster] for cluster, product in products.items()}
        best = max(cosines, key=lambda cluster: (cosines[cluster], -cluster))
        return best, cosines[best]

    def _release(self, word: str, cluster: int) -> None:
        holders = self._holders[word]
        holders.discard(cluster)
        if not holders:
            del self._holders[word]
