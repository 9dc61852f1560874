"""How far each probability can be taken at its word: its expected calibration error, of both depths.

    python -m bench.language.calibration SHARED

SHARED holds `data/` (or say it with GOODWORD_SHARED). The texts are ones that no weight was learned from; of those
marked with * a half served to scale the probabilities, with two numbers for each output.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.language.reading import measured
from goodword.language import reading
from goodword.language.reading import Reading, heads
from goodword.language.reading.training import corpora
from goodword.language.reading.training.calibrate import calibration_error
from goodword.language.teaching.lesson import Example, learn

_MOST = 1_500
"""Texts of a set."""
Gold = TypeVar("Gold")
Answers = list[tuple[float, float]]
"""How likely something was said to be, and whether (or how far) people said so."""


def likeliest(found: dict[str, float], gold: str) -> tuple[float, float]:
    """The likeliest label's share of all, and whether it is right."""
    best = max(found, key=lambda label: found[label])
    return found[best] / sum(found.values()), float(best == gold)


def sample(folder: Path, name: str, column: str) -> list[tuple[str, str]]:
    """Texts of a set and what people said of them."""
    found = [(row["text"], row[column]) for row in corpora.rows(folder, name)]
    return random.Random(5).sample(found, min(_MOST, len(found)))


def show(name: str, labelled: Sequence[tuple[str, Gold]], of: Callable[[Gold, Reading], Answers]) -> None:
    """A line: the error at both depths."""
    texts = [text for text, _ in labelled]
    errors = []
    for reader in (reading.fast_reader(), reading.best_reader()):
        reads = zip(labelled, reader.read(texts), strict=True)
        chances, right = np.array([answer for (_, gold), read in reads for answer in of(gold, read)], np.float32).T
        errors.append(calibration_error(chances, right))
    print(f"{name:<58} {len(texts):>6} texts  fast {errors[0]:.3f}  best {errors[1]:.3f}", flush=True)


def sentiments(folder: Path) -> None:
    """On fresh tweets, on airlines and in eight languages."""
    seen = {item.text for item in corpora.multilingual(folder, "train")}
    tweets = [pair for pair in sample(folder, "sentiment.val", "sentiment") if pair[0] not in seen]
    many = [
        (item.text, heads.SENTIMENTS[int(item.targets[heads.SENTIMENT].argmax())])
        for item in corpora.multilingual(folder, "val")
    ]

    def of(gold: str, read: Reading) -> Answers:
        return [likeliest(read.sentiment, gold)]

    show("sentiment, confidence: validation tweets", tweets, of)
    show("sentiment, confidence: airlines", sample(folder, "airline.train", "sentiment"), of)
    show("sentiment, confidence: eight languages *", many[:_MOST], of)


def emotions(folder: Path) -> None:
    """TweetEval's four, and each of GoEmotions' 28."""

    def of_four(gold: str, read: Reading) -> Answers:
        return [likeliest({name: read.emotions[name] for name in heads.EXCLUSIVE_EMOTIONS}, gold)]

    def of_many(gold: str, read: Reading) -> Answers:
        return [(read.emotions[name], float(name in gold.split())) for name in heads.FINE_EMOTIONS]

    show("emotions, the four that exclude each other *", sample(folder, "emotion.val", "emotion"), of_four)
    show("emotions, each of 28 *", sample(folder, "goemotions28.dev", "emotions"), of_many)


def yes_or_no(folder: Path) -> None:
    """Offence, irony, and whether somebody should answer."""
    show(
        "offensive *",
        sample(folder, "offensive.val", "offensive"),
        lambda gold, read: [(read.offensive, float(gold == "yes"))],
    )
    show("irony *", sample(folder, "irony.val", "irony"), lambda gold, read: [(read.irony, float(gold == "yes"))])
    lines = (folder / "care" / "posts.labelled.jsonl").read_text(encoding="utf-8").splitlines()
    posts = [(post["text"], sum(post["reply"]) / len(post["reply"])) for post in map(json.loads, lines)]
    show("needs_reply, by two people", posts, lambda gold, read: [(read.needs_reply, gold)])


def taught(folder: Path) -> None:
    """The likeliest label of a lesson with ten examples a label."""
    shuffled = [(row["text"], row["intent"]) for row in corpora.rows(folder, "banking77.train")]
    random.Random(6).shuffle(shuffled)
    by_label: dict[str, list[str]] = {}
    for text, label in shuffled:
        by_label.setdefault(label, []).append(text)
    lesson = learn([Example(text, label) for label, texts in by_label.items() for text in texts[:10]])
    asked = [(text, label) for label, texts in by_label.items() for text in texts[10:30]]
    answers: Answers = [
        (max(guess.label.values()), float(max(guess.label, key=lambda name: guess.label[name]) == label))
        for guess, (_, label) in zip(lesson.guess([text for text, _ in asked]), asked, strict=True)
    ]
    chances, right = np.array(answers, dtype=np.float32).T
    error = calibration_error(chances, right)
    print(f"{'a taught label, ten examples each, Banking77':<58} {len(asked):>6} texts  {error:.3f}")


def main(shared: str | None = None) -> None:
    """Print the table."""
    place = shared or os.environ.get("GOODWORD_SHARED") or (sys.argv[1] if len(sys.argv) > 1 else "")
    if not place:
        print("Say where the labelled sets are: GOODWORD_SHARED=FOLDER")
        return
    folder = Path(place) / "data"
    sentiments(folder)
    emotions(folder)
    yes_or_no(folder)
    taught(folder)
    for head, name in (("complaint", "complaint"), ("service", "a customer speaks (in needs_reply)")):
        english, other = (measured(part)[f"{head} calibration error"] for part in ("english", "multilingual"))
        print(f"{name + ', each domain by the others, while training':<58}  English {english:.3f}  others {other:.3f}")


if __name__ == "__main__":
    main()
