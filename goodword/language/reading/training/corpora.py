"""The labelled texts that the weights are learned from, as rows of targets in the layout of `heads`.

Only sets whose licences let weights ship are read here; `reading/README.md` lists them.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from goodword.language.reading import heads

UNKNOWN = np.float32(np.nan)


class Labelled(msgspec.Struct, frozen=True):
    """A text and what people said of it: a row of `heads.WIDTH` targets in 0..1, NaN where nobody was asked."""

    text: str
    targets: NDArray[np.float32]
    source: str
    lang: str = "en"
    domain: str = ""


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of one set, `reading/NAME.csv.gz`."""
    with gzip.open(folder / "reading" / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _unknown() -> NDArray[np.float32]:
    return np.full(heads.WIDTH, UNKNOWN, dtype=np.float32)


def _one_of(place: slice, labels: tuple[str, ...], label: str) -> NDArray[np.float32]:
    targets = _unknown()
    targets[place] = [label == name for name in labels]
    return targets


def _yes_no(place: int, answer: str) -> NDArray[np.float32]:
    targets = _unknown()
    targets[place] = answer == "yes"
    return targets


def sentiment(folder: Path, part: str) -> list[Labelled]:
    return [
        Labelled(row["text"], _one_of(heads.SENTIMENT, heads.SENTIMENTS, row["sentiment"]), "sentiment")
        for row in rows(folder, f"sentiment.{part}")
    ]


def multilingual(folder: Path, part: str) -> list[Labelled]:
    """UMSAB comes without a part to validate on: one row in ten, by its text, is kept for that."""
    return [
        Labelled(row["text"], _one_of(heads.SENTIMENT, heads.SENTIMENTS, row["sentiment"]), "multilingual", row["lang"])
        for row in rows(folder, "multilingual.train")
        if (zlib.crc32(row["text"].encode()) % 10 == 0) == (part == "val")
    ]


def emotion(folder: Path, part: str) -> list[Labelled]:
    return [
        Labelled(row["text"], _one_of(heads.EXCLUSIVE, heads.EXCLUSIVE_EMOTIONS, row["emotion"]), "emotion")
        for row in rows(folder, f"emotion.{part}")
    ]


def goemotions(folder: Path, part: str) -> list[Labelled]:
    found = []
    for row in rows(folder, f"goemotions28.{part}"):
        named = row["emotions"].split()
        basic = {heads.BASIC_OF_FINE[name] for name in named}
        targets = _unknown()
        targets[heads.FINE] = [name in named for name in heads.FINE_EMOTIONS]
        targets[heads.BASIC] = [name in basic for name in heads.BASIC_EMOTIONS]
        found.append(Labelled(row["text"], targets, "goemotions"))
    return found


def offensive(folder: Path, part: str) -> list[Labelled]:
    return [
        Labelled(row["text"], _yes_no(heads.OFFENSIVE, row["offensive"]), "offensive")
        for row in rows(folder, f"offensive.{part}")
    ]


def irony(folder: Path, part: str) -> list[Labelled]:
    return [Labelled(row["text"], _yes_no(heads.IRONY, row["irony"]), "irony") for row in rows(folder, f"irony.{part}")]


def complaints(folder: Path) -> list[Labelled]:
    found = []
    for row in rows(folder, "complaints.dev"):
        targets = _yes_no(heads.COMPLAINT, row["complaint"])
        targets[heads.SEVERITY] = float(row["severity"]) / 4
        found.append(Labelled(row["text"], targets, "complaints", domain=row["domain"]))
    return found


def intents(folder: Path) -> list[Labelled]:
    """Short requests without their labels, which keep the encoder's sentence meaning in shape while it learns."""
    names = ("banking77.train", "clinc150.train")
    return [Labelled(row["text"], _unknown(), "intents") for name in names for row in rows(folder, name)]
