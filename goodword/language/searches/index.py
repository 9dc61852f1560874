"""All searches, matched together and changed while they match: `SearchIndex`."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from goodword.language.searches.errors import ONLY_NEGATIVE, SearchError
from goodword.language.searches.frequency import Frequencies
from goodword.language.searches.post import Post
from goodword.language.searches.search import Search
from goodword.language.searches.tree import is_negative

if TYPE_CHECKING:
    from goodword.language.searches.matching import KernelPart

SearchId = str | int
RECENT_MOST = 1_000
"""Searches that are kept apart after they came in; then they join the rest. Compiling so many takes some 20 ms."""
_REMOVED_MOST = 0.25
"""Of the base, before what was removed is let go."""


class SearchIndex:
    """Searches by id. `match` may run in many threads while `add` and `remove` are called.

    A large base and a small part of recent searches lie side by side in one tuple, which is replaced in one
    step: what a batch is matched with is always one state of the index. `sample` is a few thousand typical
    texts; with it the searches are filed under words that are rare in truth, not by guess. `refused` says of
    the searches that can't be filed why not; the others are matched all the same.
    """

    def __init__(self, searches: Iterable[tuple[SearchId, Search]] = (), *, sample: Iterable[str] = ()) -> None:
        texts = list(sample)
        self._frequencies = Frequencies.of(texts) if texts else Frequencies()
        self._writing = threading.Lock()
        self._recent: dict[SearchId, Search] = {}
        self._base_numbers: dict[SearchId, int] | None = None
        self.refused: dict[SearchId, SearchError] = {}
        self._parts: tuple[KernelPart, ...] = (self._part(self._that_can_be_filed(searches)),)

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)

    @property
    def nbytes(self) -> int:
        """Bytes that the index takes beside the ids."""
        return sum(part.segment.nbytes for part in self._parts)

    def match(self, posts: Sequence[Post]) -> list[list[SearchId]]:
        """For each post the ids of the searches that match it, in the order in which they came in."""
        base, *others = self._parts
        rows = base.match(posts)
        for part in others:
            rows = [row + more for row, more in zip(rows, part.match(posts), strict=True)]
        return rows

    def add(self, identifier: SearchId, search: Search) -> None:
        """Let a search match from now on; one with the same id is replaced in the same step. Raises `SearchError`
        for one that can't be filed; what was there before it stays."""
        if is_negative(search.tree):
            raise SearchError(0, ONLY_NEGATIVE)
        with self._writing:
            self.refused.pop(identifier, None)
            self._recent[identifier] = search
            self._swap(self._base_without(identifier))
            if len(self._recent) > RECENT_MOST:
                self._join()

    def remove(self, identifier: SearchId) -> None:
        """Let a search match no more. Raises `KeyError` if there is none with this id."""
        with self._writing:
            if self.refused.pop(identifier, None) is not None:
                return
            base = self._base_without(identifier)
            if self._recent.pop(identifier, None) is None and base is self._parts[0]:
                raise KeyError(identifier)
            self._swap(base)

    def _that_can_be_filed(self, searches: Iterable[tuple[SearchId, Search]]) -> Iterator[tuple[SearchId, Search]]:
        for identifier, search in searches:
            if is_negative(search.tree):
                self.refused[identifier] = SearchError(0, ONLY_NEGATIVE)
            else:
                yield identifier, search

    def _part(self, searches: Iterable[tuple[SearchId, Search]]) -> KernelPart:
        from goodword.language.searches.matching import KernelPart  # numba comes with it, which parsing does without

        return KernelPart.of(searches, self._frequencies)

    def _base_without(self, identifier: SearchId) -> KernelPart:
        base = self._parts[0]
        if self._base_numbers is None:
            self._base_numbers = {known: number for number, known in enumerate(base.ids)}
        number = self._base_numbers.pop(identifier, None)
        if number is None:
            return base
        base = base.without(number)
        if len(base) >= len(base.ids) * (1 - _REMOVED_MOST):
            return base
        base = base.compacted()
        self._base_numbers = {known: number for number, known in enumerate(base.ids)}
        return base

    def _swap(self, base: KernelPart) -> None:
        self._parts = (base, self._part(self._recent.items())) if self._recent else (base,)

    def _join(self) -> None:
        """Make the recent searches part of the base."""
        base, recent = self._parts
        if self._base_numbers is not None:
            self._base_numbers |= {known: number for number, known in enumerate(recent.ids, len(base.ids))}
        self._parts = (base.joined(recent),)
        self._recent = {}
