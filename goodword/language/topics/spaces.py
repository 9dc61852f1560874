"""Where clusters of posts lie, whatever a post's vector is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Embedding = npt.NDArray[np.float32]
V = TypeVar("V")


class Space(ABC, Generic[V]):
    """Clusters by number, each with a centre: the sum of its posts' vectors, of length 1 and weighted by age.

    `near` is the cosine from which on a post belongs to a cluster, `same` the one from which on two clusters are one.
    """

    near: float
    same: float

    def __init__(self) -> None:
        self._next = 0

    def settle(self, words: list[str], embedding: Embedding | None, weight: float) -> int:
        """Put a post into the nearest cluster, or into a new one when none is near; returns the cluster."""
        vector = self.vector_of(words, embedding)
        found = self.nearest(vector)
        if found is not None and found[1] >= self.near:
            cluster = found[0]
        else:
            cluster = self._next
            self._next += 1
        self.absorb(cluster, vector, weight)
        return cluster

    def merge_alike(self, clusters: Iterable[int]) -> list[tuple[int, int]]:
        """Merge each of these clusters into one like it, if there is. Returns (kept, gone) in the order of merging.

        The older of two is kept.
        """
        merged: list[tuple[int, int]] = []
        for cluster in clusters:
            found = self.nearest_to(cluster)
            if found is not None and found[1] >= self.same:
                kept, gone = sorted((cluster, found[0]))
                self.merge(kept, gone)
                merged.append((kept, gone))
        return merged

    @abstractmethod
    def vector_of(self, words: list[str], embedding: Embedding | None) -> V:
        """The post in this space."""

    @abstractmethod
    def nearest(self, vector: V) -> tuple[int, float] | None:
        """The cluster whose centre is nearest, and the cosine; None when nothing points that way."""

    @abstractmethod
    def nearest_to(self, cluster: int) -> tuple[int, float] | None:
        """The same for the centre of a cluster, that cluster left out. None for a cluster that is gone."""

    @abstractmethod
    def absorb(self, cluster: int, vector: V, weight: float) -> None:
        """Move the cluster's centre towards the vector; a cluster that isn't there yet begins with it."""

    @abstractmethod
    def merge(self, kept: int, gone: int) -> None:
        """Add one centre to another and forget it."""

    @abstractmethod
    def forget(self, cluster: int) -> None:
        """Take the cluster out."""

    @abstractmethod
    def scale(self, factor: float) -> None:
        """Make every centre weigh this many times what it did."""
