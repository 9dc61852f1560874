"""A lesson as one file: a zip of arrays and a description, readable without running any code of it."""

from __future__ import annotations

import struct
import tokenize
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

from goodword.language.reading.hashing import BUCKETS
from goodword.language.teaching.folding import WORDS_WIDTH
from goodword.language.teaching.lesson import Lesson
from goodword.language.teaching.softmax import Softmax
from goodword.language.teaching.trust import Trust
from goodword.language.teaching.views import EncoderName

_VERSION: Final = 1
_LEAST_LABELS: Final = 2
_UNREADABLE: Final = (
    *(ValueError, TypeError, LookupError, EOFError, OSError, NotImplementedError, RuntimeError, MemoryError),
    *(zipfile.BadZipFile, zlib.error, struct.error, tokenize.TokenError, SyntaxError, msgspec.DecodeError),
)
"""What reading a zip of arrays fails with, depending on which of its bytes are wrong."""


class NotALesson(Exception):
    """The file was not written by `goodword teach`, or by a version with another format."""


class _Description(msgspec.Struct, frozen=True):
    version: int
    labels: tuple[str, ...]
    encoder: EncoderName
    trust: Trust


def save(lesson: Lesson, path: Path) -> None:
    """Write a lesson. A file that is there already is replaced, once the new one is whole; so is one that a link leads
    to. What is there and is no file, such as a device, is written into. Raises `OSError`."""
    whole = _packed(lesson)
    place = path.resolve()
    if place.exists() and not place.is_file():
        place.write_bytes(whole)
        return
    unfinished = place.with_name(f".{place.name}.unfinished")
    try:
        unfinished.write_bytes(whole)
        unfinished.replace(place)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _packed(lesson: Lesson) -> bytes:
    described = _Description(_VERSION, lesson.labels, lesson.encoder, lesson.trust)
    file = BytesIO()
    np.savez_compressed(
        file,
        description=np.frombuffer(msgspec.json.encode(described), dtype=np.uint8),
        rare=lesson.rare.astype(np.float16),
        weights=lesson.model.weights.astype(np.float16),
        bias=lesson.model.bias,
        exemplars=lesson.exemplars,
    )
    return file.getvalue()


def load(path: Path) -> Lesson:
    """Read a lesson back. Raises `NotALesson` for whatever isn't one, be it torn, tampered with or made otherwise."""
    stored = path.read_bytes()
    try:
        described, lesson = _read(stored)
    except _UNREADABLE as error:
        raise NotALesson(f"{path} is not a file that `goodword teach` wrote; teach it again.") from error
    if described.version != _VERSION:
        raise NotALesson(f"{path} was written by another version of Goodword; teach it again.")
    if not _fits_together(lesson):
        raise NotALesson(f"{path} was damaged since `goodword teach` wrote it; teach it again.")
    return lesson


def _read(stored: bytes) -> tuple[_Description, Lesson]:
    with NpzFile(BytesIO(stored), own_fid=True, allow_pickle=False) as arrays:
        described = msgspec.json.decode(arrays["description"].tobytes(), type=_Description)
        model = Softmax(_floats(arrays["weights"]), _floats(arrays["bias"]))
        rare, exemplars = _floats(arrays["rare"]), arrays["exemplars"]
    return described, Lesson(described.labels, described.encoder, rare, model, exemplars, described.trust)


def _floats(array: NDArray[Any]) -> NDArray[np.float32]:
    if array.dtype.kind != "f":
        raise TypeError(f"an array of {array.dtype}")
    return array.astype(np.float32)


def _fits_together(lesson: Lesson) -> bool:
    """Whether the arrays have the shapes that the labels ask for, and nothing but numbers in them."""
    weights, bias = lesson.model
    labels, width = len(lesson.labels), weights.shape[0]
    return (
        labels == len(set(lesson.labels)) >= _LEAST_LABELS
        and weights.shape == (width, labels)
        and bias.shape == (labels,)
        and lesson.rare.shape == (BUCKETS,)
        and (width == WORDS_WIDTH if lesson.encoder == "none" else width > WORDS_WIDTH)
        and lesson.exemplars.dtype == np.int8
        and lesson.exemplars.shape == (len(lesson.exemplars), width)
        and len(lesson.exemplars) > 0
        and all(bool(np.isfinite(array).all()) for array in (weights, bias, lesson.rare))
    )
