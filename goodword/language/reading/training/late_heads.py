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

PENALTIES = {heads.COMPLAINT: 3e-3, heads.SEVERITY: 3e-3, heads.SERVICE: 3e-3}
_NOT_CUSTOMERS = ("random_reply", "random_tweet")
_OTHER_POSTS = 3000
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


def fit_late_heads(states: Floats, labelled: Sequence[Labelled]) -> tuple[Floats, Floats]:
    """([3, width], [3]) weights and bias of complaint, severity and service, in this order."""
    middle, spread = states.mean(axis=0), states.std(axis=0) + 1e-3
    rows = (states - middle) / spread / np.float32(np.sqrt(states.shape[1]))
    targets = np.stack([item.targets for item in labelled])
    weights, bias = [], []
    for column, penalty in PENALTIES.items():
        known = ~np.isnan(targets[:, column])
        wanted = targets[known, column]
        both = np.stack([1 - wanted, wanted], axis=1).astype(np.float32)
        model = softmax.fit(rows[known], both, penalty=penalty)
        line = (model.weights[:, 1] - model.weights[:, 0]) / spread / np.float32(np.sqrt(states.shape[1]))
        weights.append(line)
        bias.append(float(model.bias[1] - model.bias[0]) - float(middle @ line))
    return np.stack(weights), np.array(bias, dtype=np.float32)


def held_back_logits(states: Floats, labelled: Sequence[Labelled]) -> Floats:
    """[texts, heads.WIDTH]: the late heads on each domain by what was learned on all the others; zeros elsewhere."""
    logits = np.zeros((len(labelled), heads.WIDTH), dtype=np.float32)
    domains = np.array([item.domain for item in labelled])
    for domain in np.unique(domains):
        held = domains == domain
        weights, bias = fit_late_heads(states[~held], [item for item in labelled if item.domain != domain])
        logits[held, heads.COMPLAINT :] = states[held] @ weights.T + bias
    return logits
