"""Multinomial logistic regression, fitted by L-BFGS on the whole set: exact, quick on thousands of rows, no dials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
_MEMORY: Final = 8
_ROUNDS: Final = 120
_TOLERANCE: Final = 1e-4
_ENOUGH: Final = 1e-4


class Softmax(NamedTuple):
    """Weights [features, labels] and bias [labels]."""

    weights: Matrix
    bias: Matrix

    def logits(self, rows: Matrix) -> Matrix:
        """[rows, labels]."""
        scores: Matrix = rows @ self.weights + self.bias
        return scores


def probabilities(logits: Matrix) -> Matrix:
    """The rows' softmax."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def fit(rows: Matrix, targets: Matrix, *, penalty: float, weights: Matrix | None = None) -> Softmax:
    """The regression of `targets` [rows, labels] (each row sums to one) on `rows` [rows, features].

    `penalty` is the L2 penalty on the weights for the mean loss of a row; the bias goes free. `weights` [rows] says
    how much each row counts.
    """
    count, width, labels = len(rows), rows.shape[1], targets.shape[1]
    share = (np.ones(count, dtype=np.float32) if weights is None else weights / weights.mean())[:, None] / count

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        model = Softmax(flat[: width * labels].reshape(width, labels), flat[width * labels :])
        logits = model.logits(rows)
        top = logits.max(axis=1, keepdims=True)
        raised = np.exp(logits - top)
        total = raised.sum(axis=1, keepdims=True)
        value = float((share * targets * (top + np.log(total) - logits)).sum())
        value += penalty / 2 * float((model.weights**2).sum())
        change = share * (raised / total - targets)
        slope = np.concatenate([(rows.T @ change + penalty * model.weights).ravel(), change.sum(axis=0)])
        return value, slope.astype(np.float32)

    flat = _minimise(loss, np.zeros(width * labels + labels, dtype=np.float32))
    return Softmax(flat[: width * labels].reshape(width, labels), flat[width * labels :])


def _minimise(loss: Callable[[Matrix], tuple[float, Matrix]], start: Matrix) -> Matrix:
    """L-BFGS with backtracking (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 3.1)."""
    at, (value, slope) = start, loss(start)
    steps: list[tuple[Matrix, Matrix]] = []
    for _ in range(_ROUNDS):
        direction = _two_loops(slope, steps)
        downhill = float(slope @ direction)
        length = 1.0 if steps else min(1.0, 1.0 / max(1e-12, float(np.abs(slope).sum())))
        while True:
            there = at + np.float32(length) * direction
            new_value, new_slope = loss(there)
            if new_value <= value + _ENOUGH * length * downhill or length < 1e-8:
                break
            length /= 2
        step, turn = there - at, new_slope - slope
        if float(step @ turn) > 1e-12:
            steps = [*steps[-_MEMORY + 1 :], (step, turn)]
        gained = value - new_value
        at, value, slope = there, new_value, new_slope
        if gained < _TOLERANCE * 1e-2 * max(1.0, abs(value)) or float(np.abs(slope).max()) < _TOLERANCE * 1e-1:
            break
    return at


def _two_loops(slope: Matrix, steps: list[tuple[Matrix, Matrix]]) -> Matrix:
    direction = -slope
    shares = []
    for step, turn in reversed(steps):
        share = float(step @ direction) / float(step @ turn)
        direction = direction - np.float32(share) * turn
        shares.append(share)
    if steps:
        step, turn = steps[-1]
        direction = direction * np.float32(float(step @ turn) / float(turn @ turn))
    for (step, turn), share in zip(steps, reversed(shares), strict=True):
        back = float(turn @ direction) / float(step @ turn)
        direction = direction + np.float32(share - back) * step
    return direction
