"""A lesson as one file: a zip of arrays and a description, readable without running any code of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from goodword.language.teaching.lesson import Lesson
from goodword.language.teaching.softmax import Softmax
from goodword.language.teaching.trust import Trust
from goodword.language.teaching.views import EncoderName

_VERSION: Final = 1


class NotALesson(Exception):
    """The file was not written by `goodword teach`, or by a version with another format."""


class _Description(msgspec.Struct, frozen=True):
    version: int
    labels: tuple[str, ...]
    encoder: EncoderName
    trust: Trust


def save(lesson: Lesson, path: Path) -> None:
    """Write a lesson. A file that is there already is replaced, once the new one is whole."""
    described = _Description(_VERSION, lesson.labels, lesson.encoder, lesson.trust)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        np.savez_compressed(
            file,
            description=np.frombuffer(msgspec.json.encode(described), dtype=np.uint8),
            rare=lesson.rare.astype(np.float16),
            weights=lesson.model.weights.astype(np.float16),
            bias=lesson.model.bias,
            exemplars=lesson.exemplars,
        )
    unfinished.replace(path)


def load(path: Path) -> Lesson:
    """Read a lesson back. Raises `NotALesson`."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            described = msgspec.json.decode(stored["description"].tobytes(), type=_Description)
            model = Softmax(stored["weights"].astype(np.float32), stored["bias"])
            rare, exemplars = stored["rare"].astype(np.float32), stored["exemplars"]
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, msgspec.DecodeError) as error:
        raise NotALesson(f"{path} is not a file that `goodword teach` wrote; teach it again.") from error
    if described.version != _VERSION:
        raise NotALesson(f"{path} was written by another version of Goodword; teach it again.")
    return Lesson(described.labels, described.encoder, rare, model, exemplars, described.trust)
