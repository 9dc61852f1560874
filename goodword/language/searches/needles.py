"""Characters looked for anywhere in a text, however many searches look for some."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_RUN: Final = 3
_FEW: Final = 100
"""So many are looked for one by one in the time that it takes to cut a post into its runs."""


class Needles:
    """Distinct strings. Each is filed under its run of three characters that fewest others have; of a text with that
    run only those filed there are looked for, so that the cost grows with the text and not with how many they are.
    """

    def __init__(self, parts: Iterable[str] = ()) -> None:
        self.parts: Sequence[str] = tuple(dict.fromkeys(parts))
        self._always: list[str] = []
        self._by_run: dict[str, list[str]] = defaultdict(list)
        if len(self.parts) <= _FEW:
            self._always += self.parts
            return
        common = Counter(run for part in self.parts for run in set(_runs(part)))
        for part in self.parts:
            run = min(_runs(part), key=common.__getitem__, default=None)
            (self._always if run is None else self._by_run[run]).append(part)

    def within(self, text: str) -> Iterator[str]:
        """Those that the text has, in no order."""
        yield from (part for part in self._always if part in text)
        if self._by_run:
            for run in self._by_run.keys() & set(_runs(text)):
                yield from (part for part in self._by_run[run] if part in text)


def _runs(text: str) -> Iterator[str]:
    return (text[place : place + _RUN] for place in range(len(text) - _RUN + 1))
