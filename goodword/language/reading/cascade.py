"""Both depths as one reader: the fast one reads everything, the deep one again what isn't settled by that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from goodword.language.reading.reading import Reader, Reading

_SURE_FROM: Final = 0.9
_HARMLESS_BELOW: Final = 0.05


def settled(reading: Reading) -> bool:
    """True where a deeper look would hardly change anything: surely not negative, and nothing in it to act on."""
    worst = max(reading.complaint, reading.offensive, reading.irony, reading.sentiment["negative"])
    return reading.confidence >= _SURE_FROM and worst < _HARMLESS_BELOW


class CascadeReader:
    """Fast on all, deep on what is uncertain, ironic, rude or somebody's trouble."""

    def __init__(self, fast: Reader, deep: Reader) -> None:
        self._fast, self._deep = fast, deep

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in order."""
        found = self._fast.read(texts)
        again = [place for place, reading in enumerate(found) if texts[place].strip() and not settled(reading)]
        for place, reading in zip(again, self._deep.read([texts[place] for place in again]), strict=True):
            found[place] = reading
        return found
