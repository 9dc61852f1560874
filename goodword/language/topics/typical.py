"""Which posts to show for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from goodword.language.copies import essence
from goodword.language.topics.background import Background
from goodword.language.topics.phrases import words_of
from goodword.language.topics.vectors import Vector, cosine, word_vector

_MOST_LOOKED_AT = 400
_SAME = 0.6


def typical_posts(texts: Sequence[str], count: int = 3, background: Background | None = None) -> list[int]:
    """The indices of up to `count` posts that say what the others say, the most typical first.

    Copies count as one post. Each further post is one that the earlier ones do not say already. Of very many posts
    every n-th is looked at, 400 in all; time is linear in the length of those.
    """
    step = -(-len(texts) // _MOST_LOOKED_AT) or 1
    first_of = {essence(texts[index]): index for index in reversed(range(0, len(texts), step))}
    background = background or _background_of(texts[::step])
    vectors = {index: word_vector(words_of(texts[index]), background) for index in sorted(first_of.values())}
    middle: Counter[str] = Counter()
    for vector in vectors.values():
        middle.update(vector)
    centre: Vector = dict(middle)
    ranked = sorted(vectors, key=lambda index: cosine(vectors[index], centre), reverse=True)
    chosen: list[int] = []
    for index in ranked:
        if len(chosen) == count:
            break
        if all(cosine(vectors[index], vectors[earlier]) < _SAME for earlier in chosen):
            chosen.append(index)
    rest = (index for index in ranked if index not in chosen)
    return chosen + [index for index, _ in zip(rest, range(count - len(chosen)), strict=False)]


def _background_of(texts: Sequence[str]) -> Background:
    background = Background()
    for text in texts:
        background.learn(set(words_of(text)))
    return background
