"""Phrases looked up in a text, word by word: linear in the text, however many phrases there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|#")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


class Phrases:
    """Phrases of whole words by what they tell; lower case, `#` stands for any number."""

    def __init__(self, written: Mapping[str, Iterable[str]]) -> None:
        self.told: dict[tuple[str, ...], str] = {
            tuple(phrase.split()): told for told, phrases in written.items() for phrase in phrases
        }
        self._longest: dict[str, int] = {}
        for phrase in self.told:
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def count(self, text: str) -> dict[str, int]:
        """How often each thing is told. Phrases don't overlap: the longest that begins first counts."""
        words = _WORD.findall(_NUMBER.sub("#", text.lower().replace("’", "'")))
        found: dict[str, int] = {}
        after = 0
        for start in [place for place, word in enumerate(words) if word in self._longest]:
            if start < after:
                continue
            for length in range(self._longest[words[start]], 0, -1):
                told = self.told.get(tuple(words[start : start + length]))
                if told is not None:
                    found[told] = found.get(told, 0) + 1
                    after = start + length
                    break
        return found
