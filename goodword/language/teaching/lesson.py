"""Learn labels from examples, and give every label's probability for a new text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from goodword.language.teaching import softmax
from goodword.language.teaching.softmax import Matrix, Softmax
from goodword.language.teaching.trust import Trust, cross_validated
from goodword.language.teaching.views import EncoderName, encoder_for, rarity, views

_PENALTY_OF_A_ROW: Final = 0.08
"""Divided by the number of rows it is the L2 penalty; within a factor of three it matters little."""
_EXEMPLARS_A_LABEL: Final = 60
_NEARNESS_COUNTS: Final = 1
"""How many times the nearness of an example counts beside the probability, which is nearly as high out of scope. Chosen
on CLINC150: 15 to 100 of its intents taught with 10 to 30 rows, its other intents and its strangers out of scope."""
_ROWS_A_BATCH: Final = 2048


class NothingToLearn(Exception):
    """The examples don't show what sets two labels apart."""


class Example(msgspec.Struct, frozen=True):
    """A text and the label that a person gave it: an import, or an agent's correction."""

    text: str
    label: str


class Guess(msgspec.Struct, frozen=True):
    """Every label's probability for a text. What they lack to one is the chance that none of them fits."""

    label: dict[str, float]
    abstain: bool


class Lesson(msgspec.Struct, frozen=True, dict=True):
    """What was learned. Holds no text: only weights, and hashed and compressed traces of examples."""

    labels: tuple[str, ...]
    encoder: EncoderName
    rare: NDArray[np.float32]
    model: Softmax
    exemplars: NDArray[np.int8]
    trust: Trust

    @cached_property
    def _known(self) -> Matrix:
        return unit_rows(self.exemplars)

    def guess(self, texts: Sequence[str]) -> list[Guess]:
        """A guess for each text, in order."""
        found: list[Guess] = []
        for start in range(0, len(texts), _ROWS_A_BATCH):
            found += self._guess(texts[start : start + _ROWS_A_BATCH])
        return found

    def _guess(self, texts: Sequence[str]) -> list[Guess]:
        rows = views(texts, self.rare, self.encoder)
        raw = softmax.probabilities(self.model.logits(rows))
        chances = with_top(raw, self.trust.calibrated(sureness(raw, nearest(rows, self._known))))
        return [
            Guess(dict(zip(self.labels, row, strict=True)), abstain=max(row) < self.trust.abstain_below)
            for row in chances.astype(np.float64).round(5).tolist()
        ]


def learn(examples: Sequence[Example], *, with_encoder: bool = True) -> Lesson:
    """The lesson of some examples, with cross-validated trust. Raises `NothingToLearn`.

    Ten examples a label are enough to begin with. With the encoder 10,000 examples take about a minute; without,
    seconds.
    """
    examples = [example for example in examples if example.text.strip() and example.label.strip()]
    counts = Counter(example.label for example in examples)
    if len(counts) < 2:
        raise NothingToLearn("Teaching needs examples of at least two labels; the file holds "
                             f"{len(counts)}. Check --text and --label.")  # fmt: skip
    texts = [example.text for example in examples]
    labels = tuple(sorted(counts))
    place = {label: number for number, label in enumerate(labels)}
    gold = np.array([place[example.label] for example in examples])
    encoder: EncoderName = encoder_for(texts) if with_encoder else "none"
    rare = rarity(texts)
    rows = views(texts, rare, encoder)
    exemplars = _exemplars(rows, gold)
    names = views([_as_words(label) for label in labels], rare, encoder)

    def fit_and_guess(taught: NDArray[np.intp], asked: NDArray[np.intp]) -> tuple[Matrix, Matrix]:
        model = fit(rows[taught], gold[taught], names)
        chances = softmax.probabilities(model.logits(rows[asked]))
        known = unit_rows(_exemplars(rows[taught], gold[taught]))  # as few of a label as the lesson will keep
        return chances, sureness(chances, nearest(rows[asked], known))

    trust = cross_validated(fit_and_guess, gold, labels, distinct=_distinct(texts))
    return Lesson(labels, encoder, rare, fit(rows, gold, names), exemplars, trust)


def fit(rows: Matrix, gold: NDArray[np.intp], names: Matrix) -> Softmax:
    """The softmax regression of the labels on the views. What a label is called, `names` [labels, width], is one
    example more of it: where there are ten, it tells as much as another does.
    """
    everything = np.vstack([rows, names])
    targets = np.eye(len(names), dtype=np.float32)[np.concatenate([gold, np.arange(len(names))])]
    return softmax.fit(everything, targets, penalty=_PENALTY_OF_A_ROW / len(everything))


def _as_words(label: str) -> str:
    """`lost_or_stolen-card` as one would say it."""
    return label.replace("_", " ").replace("-", " ")


def quantised(rows: Matrix) -> NDArray[np.int8]:
    """Rows whose cosines are kept to a hundredth, in a quarter of the space."""
    tops = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    levels: NDArray[np.int8] = np.round(rows / tops * 127).astype(np.int8)
    return levels


def unit_rows(exemplars: NDArray[np.int8]) -> Matrix:
    """Exemplars at length one."""
    known = exemplars.astype(np.float32)
    known /= np.maximum(np.linalg.norm(known, axis=1, keepdims=True), 1e-9)
    return known


def nearest(rows: Matrix, known: Matrix) -> Matrix:
    """[rows]: the cosine of each row to the nearest of `known`, rows of length one."""
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    closest: Matrix = ((rows / lengths) @ known.T).max(axis=1)
    return closest


def sureness(chances: Matrix, cosines: Matrix) -> Matrix:
    """[rows]: the likeliest label's probability among the labels, less where no example is near: out of scope."""
    sure: Matrix = chances.max(axis=1) * np.clip(cosines, 0.1, 1.0) ** _NEARNESS_COUNTS
    return sure


def with_top(chances: Matrix, top: Matrix) -> Matrix:
    """The rows with their highest value made `top`. Lowered, the rest shrinks alike; raised, it shares what is left."""
    highest = chances.max(axis=1)
    rest = np.where(top < highest, top / highest, (1 - top) / np.maximum(1 - highest, 1e-6))
    settled: Matrix = chances * np.minimum(rest, top / highest)[:, None]
    settled[np.arange(len(settled)), chances.argmax(axis=1)] = top
    return settled


def _distinct(texts: Sequence[str]) -> NDArray[np.intp]:
    """Places of the texts that say what none before them said, letter case and spaces apart."""
    first: dict[str, int] = {}
    for place, text in enumerate(texts):
        first.setdefault(" ".join(text.casefold().split()), place)
    return np.fromiter(first.values(), dtype=np.intp)


def _exemplars(rows: Matrix, gold: NDArray[np.intp]) -> NDArray[np.int8]:
    chosen: list[int] = []
    rng = np.random.default_rng(0)
    for label in range(int(gold.max()) + 1):
        of_label = np.flatnonzero(gold == label)
        chosen += rng.permutation(of_label)[:_EXEMPLARS_A_LABEL].tolist()
    return quantised(rows[sorted(chosen)])
