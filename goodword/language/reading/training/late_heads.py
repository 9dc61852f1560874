"""The heads that are learned last, on an encoder's finished states: complaint, severity, does a customer speak."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from goodword.language.reading import heads
from goodword.language.reading.training.corpora import Labelled, complaints, sentiment
from goodword.language.teaching import softmax

PENALTIES = {heads.COMPLAINT: 3e-4, heads.SEVERITY: 3e-4, heads.SERVICE: 3e-4}
_NOT_CUSTOMERS = ("random_reply", "random_tweet")
_BRANDS = ("apparel", "cars", "electronics", "food", "other")
_OTHER_POSTS = 800
Floats = NDArray[np.float32]


class _Turn(msgspec.Struct):
    author: str
    text: str


class _Dialogue(msgspec.Struct):
    turns: list[_Turn]


def examples(folder: Path) -> list[Labelled]:
    """Complaints with their severity; who speaks as a customer: those, customers of care dialogues, and who doesn't."""
    found = []
    for item in complaints(folder):
        targets = item.targets.copy()
        targets[heads.SERVICE] = item.domain not in _NOT_CUSTOMERS
        found.append(msgspec.structs.replace(item, targets=targets))
    unknown = np.full(heads.WIDTH, np.nan, dtype=np.float32)
    customer, other = unknown.copy(), unknown.copy()
    customer[heads.SERVICE], other[heads.SERVICE] = 1, 0
    for text in _customers(folder):
        found.append(Labelled(text, customer, "dialogues", domain="dialogues"))
    step = 47_000 // _OTHER_POSTS
    found += [Labelled(item.text, other, "posts", domain="posts") for item in sentiment(folder, "train")[::step]]
    return found


def _customers(folder: Path) -> list[str]:
    """What customers wrote to open a conversation."""
    opened = []
    with gzip.open(folder / "care" / "dialogues.dev.jsonl.gz", "rb") as file:
        for line in file:
            turns = msgspec.json.decode(line, type=_Dialogue).turns
            opened += [turn.text for turn in turns[:1] if turn.author == "customer"]
    return opened


class LateHeads(msgspec.Struct, frozen=True):
    """Weights of complaint, severity and service, in this order: [3, width] on the states, [3, signs], bias [3]."""

    states: Floats
    signs: Floats
    bias: Floats

    def logits(self, states: Floats, signs: Floats) -> Floats:
        found: Floats = states @ self.states.T + signs @ self.signs.T + self.bias
        return found


def fit_late_heads(states: Floats, signs: Floats, labelled: Sequence[Labelled]) -> LateHeads:
    """Logistic regressions on the encoder's states and on what stands on the face of a text (`reading.surface`)."""
    rows = np.hstack([states, signs])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    # Both kinds weigh alike, however many columns they have.
    spread[: states.shape[1]] *= np.sqrt(states.shape[1])
    spread[states.shape[1] :] *= np.sqrt(signs.shape[1])
    rows = ((rows - middle) / spread).astype(np.float32)
    targets = np.stack([item.targets for item in labelled])
    lines, bias = [], []
    for column, penalty in PENALTIES.items():
        known = ~np.isnan(targets[:, column])
        wanted = targets[known, column]
        both = np.stack([1 - wanted, wanted], axis=1).astype(np.float32)
        model = softmax.fit(rows[known], both, penalty=penalty)
        line = (model.weights[:, 1] - model.weights[:, 0]) / spread
        lines.append(line)
        bias.append(float(model.bias[1] - model.bias[0]) - float(middle @ line))
    stacked = np.stack(lines).astype(np.float32)
    return LateHeads(stacked[:, : states.shape[1]], stacked[:, states.shape[1] :], np.array(bias, dtype=np.float32))


def held_back_logits(states: Floats, signs: Floats, labelled: Sequence[Labelled]) -> Floats:
    """[texts, heads.WIDTH]: the late heads on each group by what was learned on all the others; zeros elsewhere.

    A group is the domain of a brand; posts that speak to none are spread over the groups, since a brand that has
    never been seen still comes among such posts.
    """
    logits = np.zeros((len(labelled), heads.WIDTH), dtype=np.float32)
    groups = np.array([item.domain if item.domain in _BRANDS else _BRANDS[i % len(_BRANDS)]
                       for i, item in enumerate(labelled)])  # fmt: skip
    for group in _BRANDS:
        held = groups == group
        fitted = fit_late_heads(
            states[~held], signs[~held], [item for item, out in zip(labelled, held, strict=True) if not out]
        )
        logits[held, heads.COMPLAINT :] = fitted.logits(states[held], signs[held])
    return logits


def measured(logits: Floats, targets: Floats) -> dict[str, float]:
    """Macro F1 of complaint at 0.5 and Spearman's correlation of severity, on logits of held-back domains."""
    known = ~np.isnan(targets[:, heads.COMPLAINT])
    gold, told = targets[known, heads.COMPLAINT] > 0.5, logits[known, heads.COMPLAINT] > 0
    right = 2 * (told & gold).sum() / (told.sum() + gold.sum())
    quiet = 2 * (~told & ~gold).sum() / ((~told).sum() + (~gold).sum())
    grave = np.corrcoef(_ranks(logits[known, heads.SEVERITY]), _ranks(targets[known, heads.SEVERITY]))[0, 1]
    return {
        "complaint macro F1": round(float(right + quiet) / 2, 4),
        "severity Spearman": round(float(grave), 4),
    }


def _ranks(values: Floats) -> Floats:
    """Ranks from zero, ties sharing their mean."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(counts) - (counts + 1) / 2)[places].astype(np.float32)
    return ranks
