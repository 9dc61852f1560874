"""Make probabilities mean what they say: Platt's scaling of each head on texts it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from goodword.language.reading import heads
from goodword.language.reading.training.corpora import Labelled

_BINS = 10
_STEPS = 400
_RATE = 0.05
_EXCLUSIVE_HEADS = (heads.SENTIMENT, heads.EXCLUSIVE)
Floats = NDArray[np.float32]


class Scaling(msgspec.Struct, frozen=True):
    """calibrated logits = logits x slope + shift, a value for each output."""

    slope: Floats
    shift: Floats

    def __call__(self, logits: Floats) -> Floats:
        scaled: Floats = logits * self.slope + self.shift
        return scaled


def targets_of(labelled: Sequence[Labelled]) -> Floats:
    return np.stack([item.targets for item in labelled])


def fit_scaling(logits: Floats, targets: Floats) -> Scaling:
    """The scaling that makes the targets likeliest. Heads without a label here are left as they are."""
    slope, shift = np.ones(heads.WIDTH, dtype=np.float32), np.zeros(heads.WIDTH, dtype=np.float32)
    for place in _EXCLUSIVE_HEADS:
        known = ~np.isnan(targets[:, place.start])
        if known.any():
            slope[place], shift[place] = _fit_exclusive(
                logits[known, place], targets[known, place], _weights(place, targets[known, place])
            )
    for column in range(heads.BASIC.start, heads.WIDTH):
        known = ~np.isnan(targets[:, column])
        if known.any():
            slope[column], shift[column] = _fit_single(logits[known, column], targets[known, column])
    return Scaling(slope, shift)


def _weights(place: slice, targets: Floats) -> Floats:
    """[texts]: weights that make the three sentiments count alike; one each for the emotions.

    How frequent a sentiment is differs from set to set (a seventh of TweetEval's tweets are negative, two thirds of
    those to airlines), so sentiment is scaled for a stream in which the three are equally frequent.
    """
    if place != heads.SENTIMENT:
        return np.ones(len(targets), dtype=np.float32)
    each = targets.mean(axis=0)
    weights: Floats = (targets / np.maximum(each, 1e-6) / targets.shape[1]).sum(axis=1)
    return weights


def _fit_exclusive(logits: Floats, targets: Floats, weights: Floats) -> tuple[float, Floats]:
    """One temperature for the head and a shift for each label, by gradient descent on the cross-entropy."""
    slope, shift = 1.0, np.zeros(logits.shape[1], dtype=np.float32)
    for _ in range(_STEPS):
        change = (softmax(logits * slope + shift) - targets) * weights[:, None]
        slope -= _RATE * float((change * logits).sum(axis=1).mean())
        shift -= 4 * _RATE * change.mean(axis=0)
    return max(0.05, slope), shift


def _fit_single(logits: Floats, targets: Floats) -> tuple[float, float]:
    """Slope and shift of one yes/no output by Newton's method, with a little pull towards slope one."""
    values = np.array([1.0, 0.0])
    rows = np.stack([logits, np.ones_like(logits)], axis=1).astype(np.float64)
    for _ in range(30):
        chances = 1 / (1 + np.exp(-np.clip(rows @ values, -30, 30)))
        slope = rows.T @ (chances - targets) + np.array([values[0] - 1, 0.0])
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag([1.0, 1e-3])
        values = values - np.linalg.solve(curve, slope)
    return max(0.05, float(values[0])), float(values[1])


def softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def calibration_error(chances: Floats, right: Floats, weights: Floats | None = None) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015), of weighted texts."""
    weights = np.ones_like(chances) if weights is None else weights
    bins = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    gaps = [abs(float((weights * (chances - right))[bins == number].sum())) for number in range(_BINS)]
    return sum(gaps) / float(weights.sum())


def errors(logits: Floats, targets: Floats) -> dict[str, float]:
    """The calibration error of each head that has labels here; of an exclusive head, that of its likeliest label."""
    found = {}
    for name, place in (("sentiment", heads.SENTIMENT), ("emotion", heads.EXCLUSIVE)):
        known = ~np.isnan(targets[:, place.start])
        if known.any():
            chances = softmax(logits[known, place])
            right = targets[known, place][np.arange(int(known.sum())), chances.argmax(axis=1)]
            found[name] = calibration_error(chances.max(axis=1), right, _weights(place, targets[known, place]))
    singles = {
        "offensive": heads.OFFENSIVE,
        "irony": heads.IRONY,
        "complaint": heads.COMPLAINT,
        "service": heads.SERVICE,
    }
    for name, column in singles.items():
        known = ~np.isnan(targets[:, column])
        if known.any():
            found[name] = calibration_error(1 / (1 + np.exp(-logits[known, column])), targets[known, column])
    fine = ~np.isnan(targets[:, heads.FINE.start])
    if fine.any():
        each = (1 / (1 + np.exp(-logits[fine, heads.FINE]))).astype(np.float32)
        found["fine emotions"] = calibration_error(each.ravel(), targets[fine, heads.FINE].ravel())
    return found
