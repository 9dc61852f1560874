"""From where on a likeness counts as a fault, chosen on examples that the models had not seen.

Drafts are what is judged, so drafts are counted: one with its fault marked is found if any of its sentences is, and a
faultless one is a false finding if any is.
"""

from __future__ import annotations

import sys
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodword.honesty.training.examples import FLAGS, Example
from goodword.language.teaching.softmax import Matrix

_PRECISION: Final = 0.65
"""Of the findings of the worst flag at least so many are right, on drafts that were written to be hard."""
_MOST_REAL: Final = 0.0045
"""Of real answers at most so many are found to break one rule."""
_KEPT: Final = 0.93
"""Of what the whole model finds, the quick one passes on so much."""
_WRITTEN: Final = range(1_000_000, 2_000_000)


def fault_from(scores: Matrix, some: list[Example]) -> Matrix:
    """[flags]: the log odds with the best F1 among those that keep both bounds."""
    least = np.zeros(len(FLAGS), dtype=np.float32)
    for column, flag in enumerate(FLAGS):
        tops, is_hit, is_real = _drafts(scores[:, column], flag, some)
        best = (-1.0, float(tops.max()), 0.0)
        for bound in np.unique(tops):
            found = tops >= bound
            right = int((found & is_hit).sum())
            precision = right / max(1, int((found & ~is_real).sum()))
            if precision < _PRECISION or found[is_real].mean() > _MOST_REAL:
                continue
            f1 = 2 * right / (int((found & ~is_real).sum()) + int(is_hit.sum()))
            best = max(best, (f1, float(bound), precision))
        least[column] = np.nextafter(np.float32(best[1]), np.float32(-np.inf))
        sys.stdout.write(f"{flag:>12} from {best[1]:.2f} on: F1 {best[0]:.2f}, precision {best[2]:.2f}, held back\n")
    return least


def doubt_from(quick: Matrix, whole: Matrix, least: Matrix, some: list[Example]) -> Matrix:
    """[flags]: the log odds of the quick model from which on the whole one is asked."""
    doubt = np.zeros(len(FLAGS), dtype=np.float32)
    for column, flag in enumerate(FLAGS):
        found = np.array([each.flag == flag for each in some]) & (whole[:, column] > least[column])
        doubt[column] = np.quantile(quick[found, column], 1 - _KEPT)
        counts = np.array([each.as_draft if flag == "cold" else each.as_sentence for each in some]) > 0
        real = np.array([each.draft >= _WRITTEN.stop for each in some]) & counts
        share = float((quick[real, column] > doubt[column]).mean())
        sys.stdout.write(f"{flag:>12} in doubt from {doubt[column]:.2f} on: {share:.1%} of real texts\n")
    return doubt


def _drafts(scores: Matrix, flag: str, some: list[Example]) -> tuple[Matrix, NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each draft its highest score, whether it breaks the rule, and whether it is a real answer."""
    tops: dict[int, float] = {}
    hits: set[int] = set()
    for score, each in zip(scores.tolist(), some, strict=True):
        counts = each.as_draft >= 0.3 if flag == "cold" else each.as_sentence and each.draft >= _WRITTEN.start
        if counts:
            tops[each.draft] = max(score, tops.get(each.draft, -np.inf))
            if each.flag == flag:
                hits.add(each.draft)
    return (
        np.array(list(tops.values()), dtype=np.float32),
        np.array([draft in hits for draft in tops]),
        np.array([draft >= _WRITTEN.stop for draft in tops]),
    )
