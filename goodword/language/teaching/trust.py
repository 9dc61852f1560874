"""How far a lesson can be trusted, seen by cross-validation: examples that were held back, guessed by the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from goodword.language.teaching.softmax import Matrix

FitAndGuess = Callable[[NDArray[np.intp], NDArray[np.intp]], Matrix]
"""(rows to learn from, rows to guess) → [guessed, labels] of probabilities."""

FEW: Final = 10
_FOLDS: Final = 3
_MOST_ROWS: Final = 6000
_CONFUSED_PAIRS: Final = 20
_WANTED_ACCURACY: Final = 0.9
_ABSTAIN_AT_MOST: Final = 0.5


class LabelTrust(msgspec.Struct, frozen=True):
    """One label: of what was guessed as it, the share that was right, and of what was it, the share that was found."""

    label: str
    examples: int
    precision: float
    recall: float
    few: bool


class Confusion(msgspec.Struct, frozen=True):
    """Examples of one label that were taken for another: how many, and as a share of the label's examples."""

    label: str
    taken_for: str
    times: int
    share: float


class Trust(msgspec.Struct, frozen=True):
    """Accuracy on held-back examples; what abstaining costs and gains; label by label; the pairs most confused."""

    accuracy: float
    abstain_below: float
    answered: float
    accuracy_answered: float
    labels: tuple[LabelTrust, ...]
    confused: tuple[Confusion, ...]


def cross_validated(fit_and_guess: FitAndGuess, gold: NDArray[np.intp], labels: tuple[str, ...]) -> Trust:
    """Trust from three folds, each with its share of every label; of large sets, from 6,000 rows of them."""
    rng = np.random.default_rng(0)
    shuffled = rng.permutation(len(gold))[:_MOST_ROWS]
    fold = np.empty(len(shuffled), dtype=np.intp)
    order = np.argsort(gold[shuffled], kind="stable")
    fold[order] = np.arange(len(shuffled)) % _FOLDS
    guessed = np.zeros((len(shuffled), len(labels)), dtype=np.float32)
    for number in range(_FOLDS):
        held = fold == number
        if held.any() and not held.all():
            guessed[held] = fit_and_guess(shuffled[~held], shuffled[held])
    return _judged(guessed, gold[shuffled], np.bincount(gold, minlength=len(labels)), labels)


def _judged(guessed: Matrix, gold: NDArray[np.intp], examples: NDArray[np.intp], labels: tuple[str, ...]) -> Trust:
    likeliest, sureness = guessed.argmax(axis=1), guessed.max(axis=1)
    right = likeliest == gold
    below = _abstain_below(sureness, right)
    answered = sureness >= below
    found = np.bincount(gold[right], minlength=len(labels))
    of_gold = np.bincount(gold, minlength=len(labels))
    of_guess = np.bincount(likeliest, minlength=len(labels))
    pairs = Counter(zip(gold[~right].tolist(), likeliest[~right].tolist(), strict=True))
    return Trust(
        accuracy=round(float(right.mean()), 4),
        abstain_below=below,
        answered=round(float(answered.mean()), 4),
        accuracy_answered=round(float(right[answered].mean()), 4) if answered.any() else 0.0,
        labels=tuple(
            LabelTrust(
                label,
                int(examples[i]),
                precision=round(float(found[i] / max(1, of_guess[i])), 3),
                recall=round(float(found[i] / max(1, of_gold[i])), 3),
                few=bool(examples[i] < FEW),
            )
            for i, label in enumerate(labels)
        ),
        confused=tuple(
            Confusion(labels[gold_label], labels[taken], times, round(times / int(of_gold[gold_label]), 3))
            for (gold_label, taken), times in pairs.most_common(_CONFUSED_PAIRS)
        ),
    )


def _abstain_below(sureness: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """The lowest sureness above which nine in ten answers are right, but never one that leaves half unanswered."""
    order = np.argsort(-sureness)
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(accuracy >= _WANTED_ACCURACY)
    last = max(int(good[-1]) if len(good) else 0, int(len(order) * _ABSTAIN_AT_MOST))
    return round(float(sureness[order[min(last, len(order) - 1)]]), 4)
