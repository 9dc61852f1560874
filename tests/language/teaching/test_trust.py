from __future__ import annotations

import numpy as np
import pytest

from goodword.language.teaching.trust import cross_validated


@pytest.mark.parametrize(("low", "high"), [(0.001, 0.02), (0.02, 0.1), (0.01, 0.5), (0.5, 0.99), (0.9, 0.999)])
@pytest.mark.parametrize("accuracy", [0.05, 0.5, 0.95])
def test_what_was_sure_is_called_as_likely_as_it_was_right_however_far_off_the_sureness_was(
    low: float, high: float, accuracy: float
) -> None:
    rng = np.random.default_rng(1)
    gold = rng.integers(0, 2, 600)
    taken = np.where(rng.random(600) < accuracy, gold, 1 - gold)
    sureness = rng.uniform(low, high, 600).astype(np.float32)

    def guess(taught: object, asked: object) -> tuple[np.ndarray, np.ndarray]:
        return np.eye(2, dtype=np.float32)[taken[asked]], sureness[asked]

    trust = cross_validated(guess, gold, ("a", "b"), distinct=np.arange(len(gold)))
    chances = trust.calibrated(sureness)
    assert float(chances.mean()) == pytest.approx(trust.accuracy, abs=0.02)
    assert chances[np.argmax(sureness)] > chances[np.argmin(sureness)]
