"""How a mention reads, as far as triage needs to know. One interface, whichever reader stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any, Protocol

from goodword.language.reading import UNCERTAIN_BELOW
from goodword.listen.models import Sentiment


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities from 0 to 1; `urgency` and `severity` from 0 to 4."""

    negative: float
    positive: float
    anger: float
    complaint: float
    question: float
    spam: float
    needs_reply: float
    urgency: float
    severity: float
    lang: str = ""
    emotion: str = ""  # the likeliest, where one is likely
    deep: bool = False  # by the deep reader, not by the fast one that reads everything

    @property
    def sentiment(self) -> Sentiment | None:
        """The likeliest of the three; None where none of them is likely enough to be told."""
        neutral = max(0.0, 1 - self.negative - self.positive)
        chance, likeliest = max(
            (self.negative, Sentiment.NEGATIVE), (neutral, Sentiment.NEUTRAL), (self.positive, Sentiment.POSITIVE),
            key=itemgetter(0),
        )  # fmt: skip
        return likeliest if chance >= UNCERTAIN_BELOW else None

    def as_json(self) -> dict[str, Any]:
        """For the mention's row."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in values}


class Reader(Protocol):
    """Reads texts in batches."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in order."""
        ...
