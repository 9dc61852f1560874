"""Both spaces against a search that looks at everything."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.topics.background import Background
from goodword.language.topics.embedding_space import EmbeddingSpace
from goodword.language.topics.vectors import Vector, cosine
from goodword.language.topics.word_space import WordSpace

VECTORS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 1.0), min_size=1, max_size=4)
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["absorb", "forget", "merge", "scale"]), VECTORS, st.randoms()), max_size=30
)


@given(actions=ACTIONS, probe=VECTORS)
@settings(max_examples=60)
def test_words_find_the_nearest_of_all(actions: list[tuple[str, Vector, random.Random]], probe: Vector) -> None:
    space, plain = WordSpace(Background()), dict[int, Vector]()
    for action, vector, rng in actions:
        here = sorted(plain)
        if action == "absorb" or len(here) < 2:
            number = rng.randrange(6)
            space.absorb(number, vector, 2.0)
            plain[number] = add(plain.get(number, {}), {word: 2 * value for word, value in vector.items()})
        elif action == "forget":
            number = rng.choice(here)
            space.forget(number)
            del plain[number]
        elif action == "merge":
            kept, gone = rng.sample(here, 2)
            space.merge(kept, gone)
            plain[kept] = add(plain[kept], plain.pop(gone))
        else:
            space.scale(0.5)
            plain = {number: {word: 0.5 * value for word, value in centre.items()} for number, centre in plain.items()}
    found = space.nearest(probe)
    best = max((cosine(probe, centre) for centre in plain.values()), default=0.0)
    if found is None:
        assert best == 0
    else:
        assert found[1] / math.hypot(*probe.values()) == pytest.approx(best)
        assert cosine(probe, plain[found[0]]) == pytest.approx(best)


def add(one: Vector, other: Vector) -> Vector:
    return {word: one.get(word, 0.0) + other.get(word, 0.0) for word in one.keys() | other.keys()}


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_embeddings_find_the_nearest_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    space, plain = EmbeddingSpace(4), dict[int, np.ndarray]()
    for number in range(80):
        vector = rng.normal(size=4).astype(np.float32)
        space.absorb(number, vector, 1.0)
        plain[number] = vector
        if rng.random() < 0.2:
            gone = int(rng.choice(sorted(plain)))
            space.forget(gone)
            del plain[gone]
    probe = rng.normal(size=4).astype(np.float32)
    cosines = {n: float(v @ probe / np.linalg.norm(v) / np.linalg.norm(probe)) for n, v in plain.items()}
    nearest = max(cosines, key=cosines.__getitem__)
    found = space.nearest(probe)
    assert found is not None
    assert found[0] == nearest
    assert found[1] == pytest.approx(cosines[nearest], abs=1e-5)


def test_clusters_that_are_alike_become_the_older_one() -> None:
    space = WordSpace(Background())
    space.absorb(3, {"ticket": 1.0, "gates": 1.0}, 1.0)
    space.absorb(5, {"ticket": 1.0, "gates": 0.9}, 1.0)
    space.absorb(7, {"coffee": 1.0}, 1.0)
    assert space.merge_alike([7, 5, 3]) == [(3, 5)]
    assert space.nearest({"gates": 1.0}) == (3, pytest.approx(0.69, abs=0.01))
