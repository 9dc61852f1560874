from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.teaching import softmax


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 5), st.sampled_from([1e-1, 1e-2, 1e-3]))
def test_no_nearby_weights_are_better(seed: int, labels: int, penalty: float) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(60, 6)).astype(np.float32)
    targets = np.eye(labels, dtype=np.float32)[rng.integers(0, labels, 60)]
    model = softmax.fit(rows, targets, penalty=penalty)

    def loss(weights: softmax.Matrix, bias: softmax.Matrix) -> float:
        chances = softmax.probabilities(rows @ weights + bias)
        return float(-(targets * np.log(chances)).sum(axis=1).mean() + penalty / 2 * (weights**2).sum())

    best = loss(model.weights, model.bias)
    for _ in range(5):
        nudge = rng.normal(size=model.weights.shape).astype(np.float32) * 0.05
        assert loss(model.weights + nudge, model.bias) >= best - 1e-4


def test_rows_that_count_more_win() -> None:
    rows = np.ones((4, 1), dtype=np.float32)
    targets = np.eye(2, dtype=np.float32)[[0, 0, 0, 1]]
    weights = np.array([1, 1, 1, 30], dtype=np.float32)
    chances = softmax.probabilities(softmax.fit(rows, targets, penalty=1e-2, weights=weights).logits(rows))
    assert chances[0, 1] > 0.8
