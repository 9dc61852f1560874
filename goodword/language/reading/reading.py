"""What a reading is, and what reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from goodword.language.pii import Private
from goodword.language.reading.heads import BASIC_EMOTIONS, BASIC_OF_FINE

UNCERTAIN_BELOW: Final = 0.45
"""Below this confidence a reading says "I can't tell": a guess among three sentiments is right a third of the time."""
UNKNOWN_LANGUAGE: Final = "und"
_NEARLY: Final = 0.6
_FINER_THAN: Final = {
    basic: [fine for fine, of in BASIC_OF_FINE.items() if of == basic and fine not in BASIC_EMOTIONS]
    for basic in BASIC_EMOTIONS
}


class Reading(msgspec.Struct, frozen=True, gc=False):
    """How one post reads. Probabilities are calibrated, of posts read at 0.8 about eight in ten are so: all but
    `question`, which is a rule's, `needs_reply`, and what a floor raises (docs/figures.md says how far off each is).

    `lang` is an ISO 639 code, or `und`. `sentiment` sums to one; `emotions` don't exclude each other. `severity` is
    how grave a complaint is, 0 to 4; `urgency` how soon somebody must act, 0 to 4 (levels in `urgency.py`).
    `confidence` is the chance that the likeliest sentiment is right.
    """

    lang: str
    sentiment: dict[str, float]
    emotions: dict[str, float]
    complaint: float
    severity: float
    urgency: float
    needs_reply: float
    offensive: float
    irony: float
    question: float
    pii: tuple[Private, ...]
    confidence: float

    @property
    def emotion(self) -> str:
        """The likeliest emotion, one word for the post; empty where none is likely. Ekman's six and neutral come first,
        since each of them is often enough right; a finer one stands in its place where it is nearly as likely.
        """
        basic = max(BASIC_EMOTIONS, key=lambda name: self.emotions.get(name, 0.0))
        likely = self.emotions.get(basic, 0.0)
        if likely < UNCERTAIN_BELOW or not self.confidence:
            return ""
        finer = max(_FINER_THAN[basic], key=lambda name: self.emotions.get(name, 0.0), default=basic)
        return finer if self.emotions.get(finer, 0.0) >= _NEARLY * likely else basic

    @property
    def uncertain(self) -> bool:
        """True where the answer is "I can't tell"."""
        return self.confidence < UNCERTAIN_BELOW


class Reader(Protocol):
    """Reads posts in batches. Every depth and the cascade of them have this one face."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in order. Any text can be read: an empty one reads as "can't tell"."""
        ...
