"""Phrases looked up in a text, word by word: linear in the text, however many phrases there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|#")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


class Found(NamedTuple):
    """What a phrase tells, and the places [start, end) of its words among those of the text."""

    told: str
    start: int
    end: int


class Phrases:
    """Phrases of whole words by what they tell; lower case, `#` stands for any number."""

    def __init__(self, written: Mapping[str, Iterable[str]]) -> None:
        self.told: dict[tuple[str, ...], str] = {
            tuple(phrase.split()): told for told, phrases in written.items() for phrase in phrases
        }
        self._longest: dict[str, int] = {}
        for phrase in self.told:
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def find(self, text: str) -> Iterator[Found]:
        """The phrases of a text, in order. They don't overlap: the longest that begins first counts."""
        words = _WORD.findall(_NUMBER.sub("#", text.lower().replace("’", "'")))
        after = 0
        for start in [place for place, word in enumerate(words) if word in self._longest]:
            if start < after:
                continue
            for length in range(self._longest[words[start]], 0, -1):
                told = self.told.get(tuple(words[start : start + length]))
                if told is not None:
                    after = start + length
                    yield Found(told, start, after)
                    break

    def count(self, text: str) -> dict[str, int]:
        """How often each thing is told."""
        return Counter(found.told for found in self.find(text))
