"""Follows what people talk about as their posts come in."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Generic

from goodword.language.topics.background import Background
from goodword.language.topics.embedding_space import EmbeddingSpace
from goodword.language.topics.naming import distinctive_phrases
from goodword.language.topics.phrases import phrases_of, words_of
from goodword.language.topics.spaces import Embedding, Space
from goodword.language.topics.topic import Id, Topic
from goodword.language.topics.typical import typical_posts
from goodword.language.topics.vectors import Vector
from goodword.language.topics.word_space import WordSpace

_HOUR, _DAY = 3_600.0, 86_400.0
_USUAL_HALF_LIFE, _RECENT_HALF_LIFE = 3 * _DAY, 6 * _HOUR
_RISES_TIMES, _RISES_DEVIATIONS = 2.0, 3.0
_TIDY_EVERY = 500
_POSTS_KEPT, _CHARACTERS_KEPT = 40, 500
_HEAVIEST_UNIT = 2.0**30


@dataclass(slots=True)
class _Cluster(Generic[Id]):
    first_seen: float
    weight: float = 0.0
    recent: float = 0.0
    recent_at: float = 0.0
    posts: deque[tuple[Id, str]] = field(default_factory=lambda: deque(maxlen=_POSTS_KEPT))

    def recent_posts(self, now: float) -> float:
        return self.recent * math.exp2((self.recent_at - now) / _RECENT_HALF_LIFE)

    def take_in(self, other: _Cluster[Id], now: float) -> None:
        self.first_seen = min(self.first_seen, other.first_seen)
        self.weight += other.weight
        self.recent, self.recent_at = self.recent_posts(now) + other.recent_posts(now), now
        self.posts.extend(other.posts)


class TopicTracker(Generic[Id]):
    """Clusters posts one by one. Memory is bounded by `capacity` clusters, and so is the time for a post.

    Works on the words alone, or on embeddings of `dimension` numbers when that is given. Times are seconds on any one
    clock; a time before the last counts as the last.
    """

    def __init__(self, *, capacity: int = 500, dimension: int | None = None) -> None:
        self.capacity = capacity
        self.background = Background()
        """How common each phrase is in everything heard."""
        self._space: Space[Vector] | Space[Embedding] = (
            WordSpace(self.background) if dimension is None else EmbeddingSpace(dimension)
        )
        self._clusters: dict[int, _Cluster[Id]] = {}
        self._began, self._now = math.inf, -math.inf
        self._added = 0
        # Instead of making what is old lighter with every post, what is new weighs more: a unit is a post of now.
        self._unit, self._unit_is_one_at = 1.0, -math.inf

    def add(self, post_id: Id, text: str, at: float, embedding: Embedding | None = None) -> int | None:
        """Take one post and return the topic it went to; None when its text says nothing that could be a topic.

        Raises `ValueError` when topics go by embeddings and this post has none of the right dimension.
        """
        self._advance(at)
        words = words_of(text)
        phrases = phrases_of(words)
        if not phrases:
            return None
        number = self._space.settle(words, embedding, self._unit)
        self.background.learn(phrases, self._unit)
        cluster = self._clusters.setdefault(number, _Cluster(self._now))
        cluster.weight += self._unit
        cluster.recent = cluster.recent_posts(self._now) + 1
        cluster.recent_at = self._now
        cluster.posts.append((post_id, text[:_CHARACTERS_KEPT]))
        self._added += 1
        if self._added % _TIDY_EVERY == 0:
            self._merge_alike()
        if len(self._clusters) > self.capacity:
            self._forget_lightest()
        return number

    def topics(self, now: float, *, count: int = 20, least_posts: float = 4.0) -> list[Topic[Id]]:
        """What is talked about now: up to `count` topics, the rising ones first, then those with most posts.

        A topic needs `least_posts`, each counting half as much after three days.
        """
        self._advance(now)
        self._merge_alike()
        heavy = [number for number, cluster in self._clusters.items() if cluster.weight >= least_posts * self._unit]
        heavy.sort(key=lambda number: (not self._is_rising(number), -self._posts(number)))
        return [self._tell(number) for number in heavy[:count]]

    def __len__(self) -> int:
        """Clusters, told of or not."""
        return len(self._clusters)

    def _tell(self, number: int) -> Topic[Id]:
        cluster = self._clusters[number]
        texts = [text for _, text in cluster.posts]
        return Topic(
            id=number,
            phrases=tuple(distinctive_phrases(texts, self.background)),
            posts=self._posts(number),
            growth=cluster.recent_posts(self._now) / self._expected(number),
            first_seen=cluster.first_seen,
            typical=tuple(cluster.posts[index][0] for index in typical_posts(texts, background=self.background)),
            is_new=self._is_new(number),
            is_rising=self._is_rising(number),
        )

    def _posts(self, number: int) -> float:
        return self._clusters[number].weight / self._unit

    def _expected(self, number: int) -> float:
        """How much `recent_posts` would be if the topic came evenly ever since listening began."""
        return self._posts(number) * self._heard_for(_RECENT_HALF_LIFE) / self._heard_for(_USUAL_HALF_LIFE)

    def _heard_for(self, half_life: float) -> float:
        """Seconds listened, each weighted by its age."""
        listened = max(1.0, self._now - self._began)
        return half_life / math.log(2) * (1 - math.exp2(-listened / half_life))

    def _is_new(self, number: int) -> bool:
        first_seen = self._clusters[number].first_seen
        return self._now - first_seen < _DAY <= first_seen - self._began

    def _is_rising(self, number: int) -> bool:
        recent, expected = self._clusters[number].recent_posts(self._now), self._expected(number)
        beyond_chance = recent - expected > _RISES_DEVIATIONS * math.sqrt(expected + 1)
        return self._now - self._began >= _DAY and recent >= _RISES_TIMES * expected and beyond_chance

    def _advance(self, at: float) -> None:
        self._began = min(self._began, at)
        self._now = max(self._now, at)
        self._unit_is_one_at = max(self._unit_is_one_at, self._began)
        self._unit = math.exp2((self._now - self._unit_is_one_at) / _USUAL_HALF_LIFE)
        if self._unit > _HEAVIEST_UNIT:
            self._space.scale(1 / self._unit)
            self.background.scale(1 / self._unit)
            for cluster in self._clusters.values():
                cluster.weight /= self._unit
            self._unit, self._unit_is_one_at = 1.0, self._now

    def _merge_alike(self) -> None:
        lightest_first = sorted(self._clusters, key=lambda number: self._clusters[number].weight)
        for kept, gone in self._space.merge_alike(lightest_first):
            self._clusters[kept].take_in(self._clusters.pop(gone), self._now)

    def _forget_lightest(self) -> None:
        lightest_first = sorted(self._clusters, key=lambda number: self._clusters[number].weight)
        for number in lightest_first[: max(1, self.capacity // 5)]:
            del self._clusters[number]
            self._space.forget(number)
