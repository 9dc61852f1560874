"""Clusters by the embeddings that an encoder gives to their posts."""

from __future__ import annotations

import numpy as np

from goodword.language.topics.spaces import Embedding, Space


class EmbeddingSpace(Space[Embedding]):
    """Dense centres, a row each."""

    near = 0.6
    same = 0.8

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.dimension = dimension
        self._centres: Embedding = np.zeros((64, dimension), dtype=np.float32)
        self._clusters: list[int] = []
        self._places: dict[int, int] = {}

    def vector_of(self, words: list[str], embedding: Embedding | None) -> Embedding:
        if embedding is None or embedding.shape != (self.dimension,):
            raise ValueError(f"Each post needs its embedding, {self.dimension} numbers, when topics go by embeddings.")
        length = float(np.linalg.norm(embedding))
        return (embedding / length if length else embedding).astype(np.float32)

    def nearest(self, vector: Embedding) -> tuple[int, float] | None:
        return self._nearest(vector, without=None)

    def nearest_to(self, cluster: int) -> tuple[int, float] | None:
        place = self._places.get(cluster)
        return None if place is None else self._nearest(self._centres[place], without=place)

    def absorb(self, cluster: int, vector: Embedding, weight: float) -> None:
        place = self._places.get(cluster)
        if place is None:
            place = self._places[cluster] = len(self._clusters)
            self._clusters.append(cluster)
            if place == len(self._centres):
                self._centres = np.concatenate([self._centres, np.zeros_like(self._centres)])
            self._centres[place] = 0.0
        self._centres[place] += np.float32(weight) * vector

    def merge(self, kept: int, gone: int) -> None:
        self._centres[self._places[kept]] += self._centres[self._places[gone]]
        self.forget(gone)

    def forget(self, cluster: int) -> None:
        place, last = self._places.pop(cluster), self._clusters.pop()
        if last != cluster:
            self._clusters[place] = last
            self._places[last] = place
            self._centres[place] = self._centres[len(self._clusters)]

    def scale(self, factor: float) -> None:
        self._centres *= np.float32(factor)

    def _nearest(self, vector: Embedding, without: int | None) -> tuple[int, float] | None:
        centres = self._centres[: len(self._clusters)]
        lengths = np.linalg.norm(centres, axis=1) * np.linalg.norm(vector)
        cosines = np.divide(centres @ vector, lengths, out=np.zeros(len(centres), np.float32), where=lengths > 0)
        if without is not None:
            cosines[without] = 0.0
        best = int(cosines.argmax()) if len(cosines) else 0
        return (self._clusters[best], float(cosines[best])) if len(cosines) and cosines[best] > 0 else None
