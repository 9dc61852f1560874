"""Both depths as one reader: the fast one reads everything, the deep one again what isn't settled by that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from goodword.language.reading.reading import Reader, Reading

_SURE_FROM: Final = 0.9
_HARMLESS_BELOW: Final = 0.05


def settled(*, confidence: float, worst: float) -> bool:
    """True where a deeper look would hardly change anything: it is sure how the text reads, and of all that somebody
    might have to act on `worst`, the likeliest, is unlikely.
    """
    return confidence >= _SURE_FROM and worst < _HARMLESS_BELOW


def _is_settled(reading: Reading) -> bool:
    worst = max(reading.complaint, reading.offensive, reading.irony, reading.sentiment["negative"])
    return settled(confidence=reading.confidence, worst=worst)


class CascadeReader:
    """Fast on all, deep on what is uncertain, ironic, rude or somebody's trouble."""

    def __init__(self, fast: Reader, deep: Reader) -> None:
        self._fast, self._deep = fast, deep

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in order."""
        found = self._fast.read(texts)
        again = [place for place, reading in enumerate(found) if texts[place].strip() and not _is_settled(reading)]
        for place, reading in zip(again, self._deep.read([texts[place] for place in again]), strict=True):
            found[place] = reading
        return found
