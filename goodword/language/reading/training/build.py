"""Make all weights from a folder of data: two encoders, their late heads and scaling, and the fast reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from goodword.language.reading import heads
from goodword.language.reading.encoder import Encoder
from goodword.language.reading.normalise import spelt_out
from goodword.language.reading.surface import surface
from goodword.language.reading.training import corpora, late_heads
from goodword.language.reading.training.calibrate import errors, fit_scaling, softmax, targets_of
from goodword.language.reading.training.corpora import Labelled
from goodword.language.reading.training.fine_tune import LEARNED, features, fine_tune
from goodword.language.reading.training.pack import Parameters, write_encoder
from goodword.language.reading.training.recipes import LAYERS, Base, english, multilingual
from goodword.language.reading.training.student import blended, train_student, write_student

Say = Callable[[str], None]
Floats = NDArray[np.float32]
_TRAINED_TOKENS = 64
_MEANINGS_HELD = 1500
_TAUGHT_EVERY = 12
"""The English encoder reads one text in so many for the fast reader to learn from; people's labels do for the rest."""


def fine_tuned(base: Base, work: Path, say: Say, *, again: bool = False) -> Parameters:
    """The base after its training, from `work` if that was done before; `again` trains that a further round."""
    checkpoint = work / f"{base.name}.pt"
    if again or not checkpoint.exists():
        _train(base, checkpoint, say)
    return _stored(checkpoint)


def _stored(checkpoint: Path) -> Parameters:
    return {name: value.float().numpy() for name, value in torch.load(checkpoint, weights_only=True).items()}


def _train(base: Base, checkpoint: Path, say: Say) -> None:
    tokenizer = Tokenizer.from_str(base.tokenizer)
    tokenizer.no_padding()
    tokenizer.enable_truncation(_TRAINED_TOKENS)
    spelt = [base.spell(item.text) for item in base.labelled]
    tokens = [row.ids for row in tokenizer.encode_batch(spelt)]
    untrained = {name: torch.from_numpy(value) for name, value in base.parameters.items()}
    meanings: list[Floats | None] = [None] * len(tokens)
    if base.holds_meaning:
        held = _held(base.labelled)
        states = features(untrained, [tokens[i] for i in held], padding=base.padding, layers=LAYERS)
        mean = states[:, states.shape[1] // 2 :]
        for place, meaning in zip(held, mean / np.linalg.norm(mean, axis=1, keepdims=True), strict=True):
            meanings[place] = meaning
    earlier = _stored(checkpoint) if checkpoint.exists() else {}
    unfinished = checkpoint.with_suffix(".unfinished")
    fine_tune(
        untrained | {name: torch.from_numpy(value) for name, value in earlier.items()},
        base.labelled,
        tokens,
        meanings,
        padding=base.padding,
        recipe=base.recipe,
        checkpoint=unfinished,
        say=lambda line: say(f"{base.name}: {line}"),
    )
    unfinished.rename(checkpoint)


def _held(labelled: Sequence[Labelled]) -> list[int]:
    rng = np.random.default_rng(1)
    posts = [i for i, item in enumerate(labelled) if item.source in ("sentiment", "goemotions")]
    requests = [i for i, item in enumerate(labelled) if item.source == "intents"]
    return [*requests, *map(int, rng.choice(posts, size=_MEANINGS_HELD, replace=False))]


def finish(base: Base, trained: Parameters, data: Path, *, out: Path) -> dict[str, float]:
    """Add the late heads, scale all heads on texts held back, and write the encoder into `out`; what was measured."""
    validation = validation_of(data, base.name)
    width = trained["head.w"].shape[1]
    trained = dict(trained)
    late = heads.WIDTH - LEARNED
    trained["head.w"] = np.concatenate([trained["head.w"], np.zeros((late, width), dtype=np.float32)])
    trained["head.b"] = np.concatenate([trained["head.b"], np.zeros(late, dtype=np.float32)])
    write_encoder(out, base.name, trained, LAYERS, base.tokenizer)
    encoder = Encoder(base.name, base.spell, folder=out)
    examples = late_heads.examples(data)
    states = encoder.encode([item.text for item in examples]).states
    signs = surface([item.text for item in examples])
    fitted = late_heads.fit_late_heads(states, signs, examples)
    held_back = late_heads.held_back_logits(states, signs, examples)
    logits = np.concatenate([encoder.encode([item.text for item in validation]).logits, held_back])
    targets = targets_of([*validation, *examples])
    # A row tells only of the heads that were asked of it, so the zeros that stand elsewhere are never looked at.
    targets[: len(validation), LEARNED:] = np.nan
    targets[len(validation) :, :LEARNED] = np.nan
    scaling = fit_scaling(logits, targets)
    measured = late_heads.measured(scaling(held_back), targets_of(examples)) | _errors(logits, targets)
    trained["head.w"][LEARNED:], trained["head.b"][LEARNED:] = fitted.states, fitted.bias
    trained["head.signs"] = np.zeros((heads.WIDTH, signs.shape[1]), dtype=np.float32)
    trained["head.signs"][LEARNED:] = fitted.signs
    for name in ("head.w", "head.signs"):
        trained[name] = trained[name] * scaling.slope[:, None]
    trained["head.b"] = trained["head.b"] * scaling.slope + scaling.shift
    write_encoder(out, base.name, trained, LAYERS, base.tokenizer)
    return measured


def _errors(logits: Floats, targets: Floats) -> dict[str, float]:
    """Calibration errors as trained, and after scaling: fitted on every other text, measured on the rest."""
    found = {}
    after = errors(fit_scaling(logits[::2], targets[::2])(logits[1::2]), targets[1::2])
    for head, before in errors(logits, targets).items():
        found[f"{head} calibration error, unscaled"] = round(before, 4)
        found[f"{head} calibration error"] = round(after[head], 4)
    return found


def validation_of(data: Path, name: str) -> list[Labelled]:
    """Texts that no encoder was trained on. Most of TweetEval's validation tweets are in UMSAB too: those are not held
    back, and left out.
    """
    seen = {item.text for item in corpora.multilingual(data, "train")}
    found = [item for item in corpora.sentiment(data, "val") if item.text not in seen]
    if name == "multilingual":
        found = [item for item in corpora.multilingual(data, "val") if item.lang != "en"]
    found += corpora.emotion(data, "val") + corpora.offensive(data, "val") + corpora.irony(data, "val")
    return found + corpora.goemotions(data, "dev")[::6]


def build_student(data: Path, out: Path, say: Say) -> None:
    """Train the fast reader on what people said of the texts and, of a part of them, what the English encoder says."""
    labelled = [
        *corpora.sentiment(data, "train"),
        *corpora.emotion(data, "train"),
        *corpora.goemotions(data, "train")[::2],
        *corpora.offensive(data, "train"),
        *corpora.irony(data, "train"),
        *corpora.multilingual(data, "train"),
        *late_heads.examples(data),
    ]
    # Complaints are few, and what nobody labels else: each is seen three times.
    labelled += 2 * [item for item in labelled if item.source == "complaints"]
    texts = [item.text for item in labelled]
    taught = np.full((len(texts), heads.WIDTH), np.nan, dtype=np.float32)
    asked = [i for i in range(0, len(texts), _TAUGHT_EVERY) if labelled[i].lang == "en"]
    say(f"The English encoder reads {len(asked)} texts for the fast reader to learn from")
    taught[asked] = _chances(Encoder("english", spelt_out, folder=out).encode([texts[i] for i in asked]).logits)
    write_student(out, train_student(texts, blended(targets_of(labelled), taught), say))


def _chances(logits: Floats) -> Floats:
    chances: Floats = (1 / (1 + np.exp(-logits))).astype(np.float32)
    for place in (heads.SENTIMENT, heads.EXCLUSIVE):
        chances[:, place] = softmax(logits[:, place])
    return chances


def build(data: Path, out: Path, work: Path, *, minutes: float, again: bool, say: Say) -> None:
    """Write all weights into `out`. `minutes` is how long an encoder may train; `work` keeps what is done, and `again`
    trains the encoders kept there a further round.
    """
    out.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    measured = {}
    for kind in (english, multilingual):
        base = kind(data, minutes)
        measured[base.name] = finish(base, fine_tuned(base, work, say, again=again), data, out=out)
        say(f"{base.name}: {measured[base.name]}")
    build_student(data, out, say)
    (out / "measured.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
