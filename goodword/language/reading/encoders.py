"""The two encoders, each held once by a process. Importing this loads neither, nor any library of theirs."""

from __future__ import annotations

from functools import cache

from goodword.language.reading.encoder import Encoder
from goodword.language.reading.normalise import normalise, spelt_out


@cache
def english_encoder() -> Encoder:
    """Fine-tuned MiniLM; its sentence vectors are what teaching builds on."""
    return Encoder("english", spelt_out)


@cache
def multilingual_encoder() -> Encoder:
    """The lower half of multilingual-e5-small, fine-tuned."""
    return Encoder("multilingual", normalise)


def forget_encoders() -> None:
    """Let their memory go, some 80 MB each; whoever reads next loads them again in a fifth of a second."""
    english_encoder.cache_clear()
    multilingual_encoder.cache_clear()
