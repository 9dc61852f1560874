"""Make all weights from a folder of data: two encoders, their late heads and scaling, and the fast reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from goodword.language.reading import heads
from goodword.language.reading.encoder import Encoder
from goodword.language.reading.language_id import languages
from goodword.language.reading.normalise import normalise, spell_out
from goodword.language.reading.training import bases, corpora, late_heads, vocabulary
from goodword.language.reading.training.calibrate import errors, fit_scaling, targets_of
from goodword.language.reading.training.corpora import Labelled
from goodword.language.reading.training.fine_tune import LEARNED, Recipe, features, fine_tune
from goodword.language.reading.training.pack import Parameters, write_encoder
from goodword.language.reading.training.student import blended, train_student, write_student

Say = Callable[[str], None]
Floats = NDArray[np.float32]
LAYERS = 6
_TRAINED_TOKENS = 64
_PIECES_KEPT = 28_000
_MEANINGS_HELD = 1500


class Base(msgspec.Struct, frozen=True):
    """A pretrained encoder that is about to be fine-tuned: what it starts from, and what it learns."""

    name: str
    parameters: Parameters
    tokenizer: str
    padding: int
    spell: Callable[[str], str]
    labelled: list[Labelled]
    recipe: Recipe
    holds_meaning: bool


def english(data: Path, minutes: float) -> Base:
    """MiniLM on all English sets; short requests without labels keep its sentence vectors in shape."""
    parameters, tokenizer = bases.minilm()
    labelled = [
        *corpora.sentiment(data, "train"),
        *corpora.emotion(data, "train"),
        *corpora.goemotions(data, "train"),
        *corpora.offensive(data, "train"),
        *corpora.irony(data, "train"),
        *corpora.intents(data)[::2],
        *(item for item in corpora.multilingual(data, "train") if item.lang == "en"),
    ]
    passes = {"sentiment": 0.8, "multilingual": 1, "emotion": 3, "goemotions": 0.3, "offensive": 1, "irony": 3}
    recipe = Recipe(layers=LAYERS, minutes=minutes, passes=passes | {"intents": 0.8})
    text = tokenizer.read_text(encoding="utf-8")
    return Base("english", parameters, text, 0, lambda t: spell_out(normalise(t)), labelled, recipe, True)


def multilingual(data: Path, minutes: float) -> Base:
    """The first six layers of multilingual-e5-small, its vocabulary cut to the scripts and words that are read."""
    parameters, tokenizer = bases.e5(LAYERS)
    labelled = [
        *corpora.multilingual(data, "train"),
        *corpora.sentiment(data, "train"),
        *corpora.emotion(data, "train"),
        *corpora.goemotions(data, "train"),
        *corpora.offensive(data, "train"),
        *corpora.irony(data, "train"),
    ]
    many = [normalise(item.text) for item in labelled if item.source == "multilingual"]
    some = [normalise(item.text) for item in labelled if item.source != "multilingual"][::6]
    kept = vocabulary.chosen_pieces(tokenizer, many * 3 + some, _PIECES_KEPT)
    parameters["embed.word"] = parameters["embed.word"][kept]
    passes = {"multilingual": 2, "sentiment": 0.1, "emotion": 0.7, "goemotions": 0.06, "offensive": 0.2, "irony": 0.7}
    recipe = Recipe(layers=LAYERS, frozen=2, minutes=minutes, passes=passes, rate=1.5e-4, batch=32)
    trimmed = vocabulary.trimmed(tokenizer, kept)
    return Base("multilingual", parameters, trimmed, 1, normalise, labelled, recipe, False)


def fine_tuned(base: Base, work: Path, say: Say) -> Parameters:
    """The base after its training, from `work` if that was done before."""
    checkpoint = work / f"{base.name}.pt"
    if not checkpoint.exists():
        _train(base, checkpoint, say)
    stored = torch.load(checkpoint, weights_only=True)
    return {name: value.float().numpy() for name, value in stored.items()}


def _train(base: Base, checkpoint: Path, say: Say) -> None:
    tokenizer = Tokenizer.from_str(base.tokenizer)
    tokenizer.no_padding()
    tokenizer.enable_truncation(_TRAINED_TOKENS)
    spelt = [base.spell(item.text) for item in base.labelled]
    tokens = [row.ids for row in tokenizer.encode_batch(spelt)]
    start = {name: torch.from_numpy(value) for name, value in base.parameters.items()}
    meanings: list[Floats | None] = [None] * len(tokens)
    if base.holds_meaning:
        held = _held(base.labelled)
        states = features(start, [tokens[i] for i in held], padding=base.padding, layers=LAYERS)
        mean = states[:, states.shape[1] // 2 :]
        for place, meaning in zip(held, mean / np.linalg.norm(mean, axis=1, keepdims=True), strict=True):
            meanings[place] = meaning
    unfinished = checkpoint.with_suffix(".unfinished")
    fine_tune(
        start,
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


def finish(base: Base, trained: Parameters, data: Path, *, out: Path, say: Say) -> None:
    """Add the late heads, scale all heads on texts held back, and write the encoder into `out`."""
    validation = validation_of(data, base.name)
    width = trained["head.w"].shape[1]
    trained = dict(trained)
    late = np.zeros((heads.WIDTH - LEARNED, width), dtype=np.float32)
    trained["head.w"] = np.concatenate([trained["head.w"], late])
    trained["head.b"] = np.concatenate([trained["head.b"], np.zeros(heads.WIDTH - LEARNED, dtype=np.float32)])
    write_encoder(out, base.name, trained, LAYERS, base.tokenizer)
    encoder = Encoder(base.name, base.spell, folder=out)
    examples = late_heads.examples(data)
    states = encoder.encode([item.text for item in examples]).states
    trained["head.w"][LEARNED:], trained["head.b"][LEARNED:] = late_heads.fit_late_heads(states, examples)
    held_back = late_heads.held_back_logits(states, examples)
    logits = np.concatenate([encoder.encode([item.text for item in validation]).logits, held_back])
    targets = targets_of([*validation, *examples])
    _say_errors(base.name, logits, targets, say)
    scaling = fit_scaling(logits, targets)
    trained["head.w"] = trained["head.w"] * scaling.slope[:, None]
    trained["head.b"] = trained["head.b"] * scaling.slope + scaling.shift
    write_encoder(out, base.name, trained, LAYERS, base.tokenizer)


def _say_errors(name: str, logits: Floats, targets: Floats, say: Say) -> None:
    """Calibration errors before scaling, and after: fitted on every other text, measured on the rest."""
    after = errors(fit_scaling(logits[::2], targets[::2])(logits[1::2]), targets[1::2])
    for head, before in errors(logits, targets).items():
        say(f"{name}: calibration error of {head} {before:.3f}, scaled {after[head]:.3f}")


def validation_of(data: Path, name: str) -> list[Labelled]:
    """Texts that no encoder was trained on. Most of TweetEval's validation tweets are in UMSAB too: those are not held
    back, and left out.
    """
    seen = {item.text for item in corpora.multilingual(data, "train")}
    found = [item for item in corpora.sentiment(data, "val") if item.text not in seen]
    if name == "multilingual":
        found = [item for item in corpora.multilingual(data, "val") if item.lang != "en"]
    found += corpora.emotion(data, "val") + corpora.offensive(data, "val") + corpora.irony(data, "val")
    return found + corpora.goemotions(data, "dev")[::2]


def build_student(data: Path, out: Path, say: Say) -> None:
    """Train the fast reader on what people said of the texts and, where they weren't asked, what the encoders say."""
    labelled = [
        *corpora.sentiment(data, "train"),
        *corpora.emotion(data, "train"),
        *corpora.goemotions(data, "train")[::2],
        *corpora.offensive(data, "train"),
        *corpora.irony(data, "train"),
        *corpora.multilingual(data, "train"),
        *late_heads.examples(data),
    ]
    texts = [item.text for item in labelled]
    taught = teach_logits(texts, out, say)
    chances: Floats = (1 / (1 + np.exp(-taught))).astype(np.float32)
    for place in (heads.SENTIMENT, heads.EXCLUSIVE):
        raised = np.exp(taught[:, place] - taught[:, place].max(axis=1, keepdims=True))
        chances[:, place] = raised / raised.sum(axis=1, keepdims=True)
    targets = blended(targets_of(labelled), chances)
    write_student(out, train_student(texts, targets, say))


def teach_logits(texts: Sequence[str], out: Path, say: Say) -> Floats:
    """What the encoders say of the texts, each by the one for its language."""
    spelt = {"english": lambda text: spell_out(normalise(text)), "multilingual": normalise}
    encoder_of = np.array(["english" if lang in ("en", "und") else "multilingual" for lang in languages(texts)])
    logits = np.empty((len(texts), heads.WIDTH), dtype=np.float32)
    for name, spell in spelt.items():
        chosen = np.flatnonzero(encoder_of == name).tolist()
        say(f"{name}: reads {len(chosen)} texts for the fast reader to learn from")
        logits[chosen] = Encoder(name, spell, folder=out).encode([texts[i] for i in chosen]).logits
    return logits


def build(data: Path, out: Path, work: Path, minutes: float, say: Say) -> None:
    """Write all weights into `out`. `minutes` is how long an encoder may train; `work` keeps what is done."""
    out.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    for kind in (english, multilingual):
        base = kind(data, minutes)
        finish(base, fine_tuned(base, work, say), data, out=out, say=say)
    build_student(data, out, say)
