"""Fine-tune one encoder on all reading tasks at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from goodword.language.reading import heads
from goodword.language.reading.training.corpora import Labelled
from goodword.language.reading.training.network import Weights, encode, rounded

LEARNED = heads.COMPLAINT
"""Complaint, severity and service are learned afterwards, on the finished features: their set is small."""
_BUCKET = 2048
_KEEP_MEANING = 2.0


class Recipe(msgspec.Struct, frozen=True):
    """How one encoder is trained. `passes` is how often each source is seen; a fraction takes that share of it.
    The rate falls with the steps or with the `minutes`, whichever are used up first: a busy machine gives weaker
    weights, not a run that is cut off half-way. The lowest `frozen` layers keep what they know.
    """

    layers: int
    passes: dict[str, float]
    minutes: float
    frozen: int = 0
    rate: float = 1.2e-4
    batch: int = 48
    warmup: float = 0.06
    decay: float = 0.01
    seed: int = 7


Tokenise = Callable[[Sequence[str]], list[list[int]]]


def _repeat(labelled: Sequence[Labelled], recipe: Recipe, rng: np.random.Generator) -> list[int]:
    """Which texts a training run sees, each as often as the recipe says, in random order."""
    of_source: dict[str, list[int]] = {}
    for index, item in enumerate(labelled):
        of_source.setdefault(item.source, []).append(index)
    order: list[int] = []
    for source, indices in of_source.items():
        whole, part = divmod(recipe.passes.get(source, 0.0), 1)
        order += indices * int(whole)
        order += rng.choice(indices, size=int(part * len(indices)), replace=False).tolist()
    rng.shuffle(order)
    return order


def batches(lengths: Sequence[int], order: Sequence[int], size: int, rng: np.random.Generator) -> list[list[int]]:
    """Texts of like length together, so that little is spent on padding; the batches themselves in random order."""
    made = []
    for start in range(0, len(order), _BUCKET):
        bucket = sorted(order[start : start + _BUCKET], key=lambda i: lengths[i])
        groups = [bucket[i : i + size] for i in range(0, len(bucket), size)]
        made += [groups[i] for i in rng.permutation(len(groups))]
    return made


def pad(token_lists: Sequence[Sequence[int]], padding: int) -> tuple[Tensor, Tensor]:
    longest = max(map(len, token_lists))
    tokens = torch.tensor([[*ids, *[padding] * (longest - len(ids))] for ids in token_lists])
    lengths = torch.tensor([len(ids) for ids in token_lists])
    return tokens, torch.arange(longest)[None, :] < lengths[:, None]


def task_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy of each head over the texts where its labels are known; heads count by their texts."""
    total = logits.new_zeros(())
    for place in (heads.SENTIMENT, heads.EXCLUSIVE):
        known = ~torch.isnan(targets[:, place.start])
        if known.any():
            total = total + functional.cross_entropy(logits[known, place], targets[known, place], reduction="sum")
    for place, weight in ((heads.BASIC, 0.3), (heads.FINE, 0.3), (slice(heads.OFFENSIVE, LEARNED), 1.0)):
        known = ~torch.isnan(targets[:, place])
        if known.any():
            here = functional.binary_cross_entropy_with_logits(
                logits[:, place][known], targets[:, place][known], reduction="sum"
            )
            total = total + weight * here
    return total / len(logits)


def _groups(weights: Weights, decay: float) -> list[dict[str, object]]:
    matrices = [value for value in weights.values() if value.ndim > 1]
    others = [value for value in weights.values() if value.ndim == 1]
    return [{"params": matrices, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]


def fine_tune(
    start: Weights,
    labelled: Sequence[Labelled],
    tokens: Sequence[Sequence[int]],
    meanings: Sequence[NDArray[np.float32] | None],
    *,
    padding: int,
    recipe: Recipe,
    checkpoint: Path,
    say: Callable[[str], None],
) -> Weights:
    """The trained weights, with `head.w` and `head.b` among them. The word embeddings only lose what rounding takes.

    `start` may be the result of an earlier round, whose heads are then gone on from.

    `meanings` holds, for some texts, the unit vector that the untrained encoder gave them; the mean state is
    held close to it so that the encoder stays good at comparing sentences, which teaching relies on.
    """
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    weights = {name: value.clone() for name, value in start.items()}
    width = weights["embed.word"].shape[1]
    weights.setdefault("head.w", torch.randn(LEARNED, 2 * width) * 0.02)
    weights.setdefault("head.b", torch.zeros(LEARNED))
    still = ("embed." if recipe.frozen else "embed.word", *(f"{layer}." for layer in range(recipe.frozen)))
    for name, value in weights.items():
        if not name.startswith(still):
            value.requires_grad_()
        elif value.ndim == 2 and name != "embed.place":
            weights[name] = rounded(value)
    learned = {name: value for name, value in weights.items() if value.requires_grad}
    plan = batches([len(ids) for ids in tokens], _repeat(labelled, recipe, rng), recipe.batch, rng)
    optimiser = torch.optim.AdamW(_groups(learned, recipe.decay), lr=recipe.rate, betas=(0.9, 0.98))
    began, running = time.monotonic(), 0.0
    for step, chosen in enumerate(plan, start=1):
        elapsed = (time.monotonic() - began) / 60
        done = max((step - 1) / len(plan), elapsed / recipe.minutes)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = recipe.rate * min(done / recipe.warmup + 0.02, (1 - done) / (1 - recipe.warmup))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encode(weights, *pad([tokens[i] for i in chosen], padding), recipe.layers).float()
        loss = _loss(weights, states, [labelled[i] for i in chosen], [meanings[i] for i in chosen])
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(learned.values()), 1.0)
        optimiser.step()
        now = float(loss.detach())
        running += 0.02 * (now - running) if step > 1 else now
        if step % 50 == 0:
            say(f"step {step} of {len(plan)} after {elapsed:.0f} of {recipe.minutes:.0f} minutes, loss {running:.3f}")
        if step % 500 == 0:
            torch.save({name: value.detach() for name, value in weights.items()}, checkpoint)
    trained = {name: value.detach() for name, value in weights.items()}
    torch.save(trained, checkpoint)
    return trained


def _loss(
    weights: Weights,
    states: Tensor,
    chosen: Sequence[Labelled],
    meanings: Sequence[NDArray[np.float32] | None],
) -> Tensor:
    logits = functional.linear(functional.dropout(states, 0.1), weights["head.w"], weights["head.b"])
    targets = torch.from_numpy(np.stack([item.targets[:LEARNED] for item in chosen]))
    loss = task_loss(logits, targets)
    held = [(place, meaning) for place, meaning in enumerate(meanings) if meaning is not None]
    if held:
        mean = states[[place for place, _ in held], states.shape[1] // 2 :]
        wanted = torch.from_numpy(np.stack([meaning for _, meaning in held]))
        drift = (1 - functional.cosine_similarity(mean, wanted)).sum() / len(chosen)
        loss = loss + _KEEP_MEANING * drift
    return loss


def features(weights: Weights, tokens: Sequence[Sequence[int]], *, padding: int, layers: int) -> NDArray[np.float32]:
    """[texts, 2 x width] of the encoder as it is, in the order given."""
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    out: list[tuple[list[int], NDArray[np.float32]]] = []
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for chosen in _slices(order, 64):
            states = encode(weights, *pad([tokens[i] for i in chosen], padding), layers)
            out.append((chosen, states.float().numpy()))
    found = np.empty((len(tokens), out[0][1].shape[1]), dtype=np.float32)
    for chosen, states in out:
        found[chosen] = states
    return found


def _slices(order: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(order), size):
        yield order[start : start + size]
