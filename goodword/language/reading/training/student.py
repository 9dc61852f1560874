"""Train the fast reader: a linear model of hashed features that learns from people's labels and from the encoders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from goodword.language.reading import heads
from goodword.language.reading.features import hashed_features
from goodword.language.reading.hashing import BUCKETS

WIDTH = 16
_PASSES = 4
_BATCH = 512
_RATE = 4e-3
_GOLD_SHARE = 0.6
"""Where people have labelled a text, they count for so much of its target, and the encoder for the rest."""
Floats = NDArray[np.float32]


def blended(gold: Floats, taught: Floats) -> Floats:
    """Targets in 0..1 with NaN where neither people nor an encoder spoke."""
    both = _GOLD_SHARE * gold + (1 - _GOLD_SHARE) * taught
    blend: Floats = np.where(np.isnan(gold), taught, np.where(np.isnan(taught), gold, both)).astype(np.float32)
    return blend


def _loss(logits: Tensor, targets: Tensor) -> Tensor:
    total = logits.new_zeros(())
    for place in (heads.SENTIMENT, heads.EXCLUSIVE):
        known = ~torch.isnan(targets[:, place.start])
        if known.any():
            total = total + functional.cross_entropy(logits[known, place], targets[known, place], reduction="sum")
    singles = slice(heads.BASIC.start, heads.WIDTH)
    known = ~torch.isnan(targets[:, singles])
    each = functional.binary_cross_entropy_with_logits(
        logits[:, singles][known], targets[:, singles][known], reduction="sum"
    )
    return (total + 0.5 * each) / len(logits)


def train_student(texts: Sequence[str], targets: Floats, say: Callable[[str], None]) -> dict[str, NDArray[np.generic]]:
    """The arrays of the fast reader: `table` in whole numbers, `weights` and `bias`."""
    torch.manual_seed(5)
    features, stops = hashed_features(texts)
    starts = np.concatenate([[0], stops[:-1]])
    table = (torch.randn(BUCKETS, WIDTH) * 0.02).requires_grad_()
    weights = (torch.randn(WIDTH, heads.WIDTH) * 0.1).requires_grad_()
    bias = torch.zeros(heads.WIDTH, requires_grad=True)
    optimiser = torch.optim.Adam([table, weights, bias], lr=_RATE)
    rng = np.random.default_rng(5)
    steps = _PASSES * (len(texts) // _BATCH + 1)
    step = 0
    for round_ in range(_PASSES):
        order = rng.permutation(len(texts))
        running = 0.0
        for first in range(0, len(texts), _BATCH):
            chosen = order[first : first + _BATCH]
            lengths = stops[chosen] - starts[chosen]
            flat = np.concatenate([features[starts[i] : stops[i]] for i in chosen]).astype(np.int64)
            offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            sums = functional.embedding_bag(torch.from_numpy(flat), table, torch.from_numpy(offsets), mode="sum")
            scaled = sums / torch.from_numpy(np.sqrt(np.maximum(1, lengths)).astype(np.float32))[:, None]
            loss = _loss(scaled @ weights + bias, torch.from_numpy(targets[chosen]))
            for group in optimiser.param_groups:
                group["lr"] = _RATE * (1 - step / steps)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
            running += float(loss.detach()) * len(chosen) / len(texts)
        say(f"fast reader, pass {round_ + 1} of {_PASSES}: loss {running:.4f}")
    learned = table.detach().numpy()
    scale = np.quantile(np.abs(learned), 0.9999, axis=0) / 127
    levels = np.clip(np.round(learned / scale), -127, 127).astype(np.int8)
    return {"table": levels, "weights": weights.detach().numpy() * scale[:, None], "bias": bias.detach().numpy()}


def write_student(folder: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    table, weights, bias = arrays["table"], arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32)
    np.savez_compressed(folder / "fast.npz", table=table, weights=weights, bias=bias)
