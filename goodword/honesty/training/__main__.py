"""Make `rules/heads.npz` again.

    python -m goodword.honesty.training DATA

DATA holds `care/dialogues.dev.jsonl.gz` (IBM's care dialogues, Apache-2.0) and `care/replies.labelled.jsonl`. What
brands wrote in the dialogues serves as examples of faultless answers; replies that were labelled are left out, since
the check is measured on them.
"""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from typing import Final

import numpy as np

from goodword.honesty.rules.likeness import meaning_views, quick_views, untold
from goodword.honesty.training.bounds import doubt_from, fault_from
from goodword.honesty.training.examples import FLAGS, Example, examples
from goodword.language.teaching.softmax import Matrix, fit
from goodword.language.teaching.views import rarity

_STRENGTH: Final = 10.0
_FOLDS: Final = 6


def _fit(rows: Matrix, some: list[Example]) -> tuple[Matrix, Matrix]:
    """Weights [features, flags] and bias [flags]: one model a flag, each against all other examples."""
    weights, biases = [], []
    for flag in FLAGS:
        counts = np.array([each.as_draft if flag == "cold" else each.as_sentence for each in some], dtype=np.float32)
        used = np.flatnonzero(counts)
        hit = np.array([some[at].flag == flag for at in used], dtype=np.float32)
        penalty = 2 / (_STRENGTH * float(counts.sum()))
        model = fit(rows[used], np.stack([1 - hit, hit], axis=1), penalty=penalty, weights=counts[used])
        weights.append(model.weights[:, 1] - model.weights[:, 0])
        biases.append(model.bias[1] - model.bias[0])
    return np.stack(weights, axis=1), np.array(biases, dtype=np.float32)


def _held_back(rows: Matrix, some: list[Example]) -> Matrix:
    """[examples, flags]: log odds of each by a model that saw nothing of its draft."""
    fold = np.array([each.draft % _FOLDS for each in some])
    scores = np.zeros((len(some), len(FLAGS)), dtype=np.float32)
    for left_out in range(_FOLDS):
        seen, asked = np.flatnonzero(fold != left_out), np.flatnonzero(fold == left_out)
        weights, bias = _fit(rows[seen], [some[at] for at in seen])
        scores[asked] = rows[asked] @ weights + bias
    return scores


def main(data: Path) -> None:
    """Learn both models of each flag, and from where on they count."""
    some = examples(data)
    texts = [each.text for each in some]
    rare = rarity(texts)
    quick = quick_views(texts, rare)
    whole = np.hstack([meaning_views(texts), quick])
    less = np.array([[untold(text, flag) for flag in FLAGS] for text in texts], dtype=np.float32)
    by_quick, by_whole = _held_back(quick, some) - less, _held_back(whole, some) - less
    least = fault_from(by_whole, some)
    doubt = doubt_from(by_quick, by_whole, least, some)
    (quick_weights, quick_bias), (whole_weights, whole_bias) = _fit(quick, some), _fit(whole, some)
    place = Path(str(resources.files("goodword.honesty.rules"))) / "heads.npz"
    np.savez_compressed(
        place,
        flags=np.array(FLAGS),
        quick=quick_weights.astype(np.float16),
        quick_bias=quick_bias,
        doubt=doubt,
        whole=whole_weights.astype(np.float16),
        whole_bias=whole_bias,
        least=least,
        rare=rare.astype(np.float16),
    )
    sys.stdout.write(f"{len(some)} examples, {place.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
