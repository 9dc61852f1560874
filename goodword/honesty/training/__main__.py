"""Make `rules/heads.npz` again.

    python -m goodword.honesty.training DATA

DATA holds `care/dialogues.dev.jsonl.gz` (IBM's care dialogues, Apache-2.0) and `care/replies.labelled.jsonl`. What
brands wrote in the dialogues serves as examples of faultless answers; replies that were labelled are left out, since
the check is measured on them.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from goodword.honesty.rules.likeness import views
from goodword.language.sentences import sentences
from goodword.language.teaching.softmax import fit
from goodword.language.teaching.views import rarity

FLAGS: Final = ("blame", "excuse", "overpromise", "sell", "cold")
_OTHERS: Final = ("private", "none")
"""Examples that break none of these: private data is found by rules."""
_REAL_WEIGHT: Final = 0.3
"""An answer of a real brand counts less than an example: nobody has looked whether it is faultless."""
_STRENGTH: Final = 10.0


class Example(NamedTuple):
    """A text, the file it stands in, and how much it counts."""

    text: str
    flag: str
    weight: float


def written() -> Iterator[Example]:
    """The examples of this folder."""
    for flag in (*FLAGS, *_OTHERS):
        lines = (resources.files("goodword.honesty.training") / "exemplars" / f"{flag}.txt").read_text(encoding="utf-8")
        yield from (Example(line, flag, 1.0) for line in lines.splitlines() if line and not line.startswith("#"))


def real(data: Path) -> Iterator[Example]:
    """What brands wrote, whole and by sentence."""
    with (data / "care" / "replies.labelled.jsonl").open(encoding="utf-8") as file:
        labelled = {json.loads(line)["text"] for line in file}
    with gzip.open(data / "care" / "dialogues.dev.jsonl.gz", "rt", encoding="utf-8") as file:
        turns = [turn for line in file for turn in json.loads(line)["turns"]]
    texts = {turn["text"] for turn in turns if turn["from"] == "brand"} - labelled
    pieces = {text[start:end] for text in texts for start, end in sentences(text)}
    yield from (Example(text, "none", _REAL_WEIGHT) for text in sorted(texts | pieces))


def main(data: Path) -> None:
    """Learn one model a flag: each against all other examples."""
    examples = [*written(), *real(data)]
    texts = [example.text for example in examples]
    rare = rarity(texts)
    rows = views(texts, rare)
    counts = np.array([example.weight for example in examples], dtype=np.float32)
    weights, biases = [], []
    for flag in FLAGS:
        hit = np.array([example.flag == flag for example in examples], dtype=np.float32)
        targets = np.stack([1 - hit, hit], axis=1)
        model = fit(rows, targets, penalty=2 / (_STRENGTH * float(counts.sum())), weights=counts)
        weights.append(model.weights[:, 1] - model.weights[:, 0])
        biases.append(model.bias[1] - model.bias[0])
    place = Path(str(resources.files("goodword.honesty.rules"))) / "heads.npz"
    np.savez_compressed(
        place,
        weights=np.stack(weights, axis=1).astype(np.float16),
        bias=np.array(biases, dtype=np.float32),
        flags=np.array(FLAGS),
        rare=rare.astype(np.float16),
    )
    sys.stdout.write(f"{len(examples)} examples, {place.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
