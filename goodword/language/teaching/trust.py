"""How far a lesson can be trusted, seen by cross-validation: examples that were held back, guessed by the rest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from goodword.language.teaching.softmax import Matrix

FitAndGuess = Callable[[NDArray[np.intp], NDArray[np.intp]], tuple[Matrix, Matrix]]
"""(rows to learn from, rows to guess) → ([guessed, labels] of probabilities, [guessed] of how sure that is)."""

FEW: Final = 10
_FOLDS: Final = 3
_MOST_ROWS: Final = 6000
_CONFUSED_PAIRS: Final = 20
_WANTED_ACCURACY: Final = 0.9
_ABSTAIN_AT_MOST: Final = 0.5
_NEVER_BELOW: Final = 0.5
_LEAST_TO_TRY: Final = 2
"""Examples of a label: one is held back, and there is one to learn from."""
_UNTRIED_BELOW: Final = 0.9
"""What is abstained below where too few examples were tried to know better."""
_SHIFT_PENALTY: Final = 1e-3
_LEAST_SLOPE: Final = 0.1


class LabelTrust(msgspec.Struct, frozen=True):
    """One label: of what was guessed as it, the share that was right, and of what was it, the share that was found.
    None where it has no second example, to learn from while the first is held back."""

    label: str
    examples: int
    precision: float | None
    recall: float | None
    few: bool


class Confusion(msgspec.Struct, frozen=True):
    """Examples of one label that were taken for another: how many, and as a share of the label's examples."""

    label: str
    taken_for: str
    times: int
    share: float


class Trust(msgspec.Struct, frozen=True):
    """Accuracy on held-back examples; what abstaining costs and gains; label by label; the pairs most confused.
    Labels with a single example don't count, and where there are no others nothing was tried: accuracies are None."""

    accuracy: float | None
    slope: float
    shift: float
    abstain_below: float
    answered: float
    accuracy_answered: float | None
    labels: tuple[LabelTrust, ...]
    confused: tuple[Confusion, ...]

    def calibrated(self, sureness: Matrix) -> Matrix:
        """[texts]: the chance that the likeliest label is right, as it was on held-back examples."""
        return _sigmoid(self.slope * _logit(sureness) + self.shift)


def cross_validated(
    fit_and_guess: FitAndGuess, gold: NDArray[np.intp], labels: tuple[str, ...], *, distinct: NDArray[np.intp]
) -> Trust:
    """Trust from three folds, each with its share of every label; of large sets, from 6,000 rows of them.

    Only the rows `distinct` take part: a copy of what was taught is no test of what was learned.
    """
    rng = np.random.default_rng(0)
    shuffled = rng.permutation(distinct)[:_MOST_ROWS]
    fold = np.empty(len(shuffled), dtype=np.intp)
    order = np.argsort(gold[shuffled], kind="stable")
    fold[order] = np.arange(len(shuffled)) % _FOLDS
    guessed = np.zeros((len(shuffled), len(labels)), dtype=np.float32)
    sure = np.full(len(shuffled), 0.01, dtype=np.float32)
    for number in range(_FOLDS):
        held = fold == number
        if held.any() and not held.all():
            guessed[held], sure[held] = fit_and_guess(shuffled[~held], shuffled[held])
    tried = np.bincount(gold[shuffled], minlength=len(labels))[gold[shuffled]] >= _LEAST_TO_TRY
    examples = np.bincount(gold, minlength=len(labels))
    return _judged(guessed[tried], sure[tried], gold[shuffled][tried], examples, labels)


def _judged(
    guessed: Matrix, sure: Matrix, gold: NDArray[np.intp], examples: NDArray[np.intp], labels: tuple[str, ...]
) -> Trust:
    if not len(gold):
        untried = tuple(LabelTrust(label, int(examples[i]), None, None, few=True) for i, label in enumerate(labels))
        return Trust(None, 1.0, 0.0, _UNTRIED_BELOW, 0.0, None, untried, ())
    likeliest = guessed.argmax(axis=1)
    right = likeliest == gold
    slope, shift = _scaling(_logit(sure), right)
    chances = _sigmoid(slope * _logit(sure) + shift)
    below = max(_abstain_below(chances, right), _UNTRIED_BELOW if len(gold) < FEW else 0.0)
    answered = chances >= below
    of_gold = np.bincount(gold, minlength=len(labels))
    pairs = Counter(zip(gold[~right].tolist(), likeliest[~right].tolist(), strict=True))
    return Trust(
        accuracy=round(float(right.mean()), 4),
        slope=slope,
        shift=shift,
        abstain_below=below,
        answered=round(float(answered.mean()), 4),
        accuracy_answered=round(float(right[answered].mean()), 4) if answered.any() else 0.0,
        labels=_by_label(likeliest, gold, examples, labels),
        confused=tuple(
            Confusion(labels[gold_label], labels[taken], times, round(times / int(of_gold[gold_label]), 3))
            for (gold_label, taken), times in pairs.most_common(_CONFUSED_PAIRS)
        ),
    )


def _by_label(
    likeliest: NDArray[np.intp], gold: NDArray[np.intp], examples: NDArray[np.intp], labels: tuple[str, ...]
) -> tuple[LabelTrust, ...]:
    found = np.bincount(gold[likeliest == gold], minlength=len(labels))
    of_gold = np.bincount(gold, minlength=len(labels))
    of_guess = np.bincount(likeliest, minlength=len(labels))
    return tuple(
        LabelTrust(
            label,
            int(examples[i]),
            precision=round(float(found[i] / max(1, of_guess[i])), 3) if of_gold[i] else None,
            recall=round(float(found[i] / of_gold[i]), 3) if of_gold[i] else None,
            few=bool(examples[i] < FEW),
        )
        for i, label in enumerate(labels)
    )


def _logit(chances: Matrix) -> Matrix:
    bounded = np.clip(chances, 1e-4, 1 - 1e-4)
    found: Matrix = np.log(bounded / (1 - bounded)).astype(np.float32)
    return found


def _sigmoid(values: Matrix) -> Matrix:
    chances: Matrix = (1 / (1 + np.exp(-values))).astype(np.float32)
    return chances


def _scaling(sure: Matrix, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Platt's slope and shift, with his softened targets so that an all-right set stays short of certain."""
    hits, misses = int(right.sum()), int((~right).sum())
    targets = np.where(right, (hits + 1) / (hits + 2), 1 / (misses + 2))
    rows = np.stack([sure, np.ones_like(sure)], axis=1).astype(np.float64)

    def loss(values: NDArray[np.float64]) -> float:
        logits = rows @ values
        prior = 0.5 * float((values[0] - 1) ** 2) + 0.5 * _SHIFT_PENALTY * float(values[1] ** 2)
        return float((np.logaddexp(0, logits) - targets * logits).sum()) + prior

    values = np.array([1.0, 0.0])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-np.clip(rows @ values, -30, 30)))
        slope = rows.T @ (chances - targets) + np.array([values[0] - 1, _SHIFT_PENALTY * values[1]])
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag([1.0, _SHIFT_PENALTY])
        step, length = np.linalg.solve(curve, slope), 1.0
        # From far away a whole step of Newton's overshoots, and what follows goes ever farther.
        while loss(values - length * step) > loss(values) and length > 1e-6:
            length /= 2
        values = values - length * step
    if values[0] < _LEAST_SLOPE:  # sureness told nothing here: keep its order, and the mean where it was
        level = math.log(float(targets.mean()) / (1 - float(targets.mean())))
        return _LEAST_SLOPE, level - _LEAST_SLOPE * float(sure.mean())
    return float(values[0]), float(values[1])


def _abstain_below(chances: Matrix, right: NDArray[np.bool_]) -> float:
    """The lowest chance above which nine in ten answers are right, but never one that leaves half unanswered; a guess
    that is likelier wrong than right is never an answer.
    """
    order = np.argsort(-chances)
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(accuracy >= _WANTED_ACCURACY)
    last = max(int(good[-1]) if len(good) else 0, int(len(order) * _ABSTAIN_AT_MOST))
    return round(max(_NEVER_BELOW, float(chances[order[min(last, len(order) - 1)]])), 4)
