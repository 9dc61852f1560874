"""Numbers the terms that searches look for, and knows what each costs."""

from __future__ import annotations

from goodword.language.searches.frequency import Frequencies
from goodword.language.searches.terms import TermKind


class Terms:
    """The terms of a set of searches, numbered as they come. `keys` and `costs` are by number: kind and key, and how
    often the term is met; `of_kind` gives the numbers by key."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self.keys: list[tuple[TermKind, str]] = []
        self.costs: list[float] = []
        self.of_kind: dict[TermKind, dict[str, int]] = {kind: {} for kind in TermKind}

    def number(self, kind: TermKind, key: str) -> int:
        """The number of a term; a new one if it has not come before."""
        numbers = self.of_kind[kind]
        number = numbers.get(key)
        if number is None:
            number = numbers[key] = len(self.keys)
            self.keys.append((kind, key))
            self.costs.append(self._frequencies.per_million(kind, key))
        return number
