"""The saved searches of each workspace, compiled once and kept in the worker's memory."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from goodword.language.searches import Post, SearchError, SearchIndex, parse
from goodword.listen.models import SavedSearch

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Held:
    index: SearchIndex | None = None  # made with the first search: the kernel behind it takes its memory then
    versions: dict[int, int] = field(default_factory=dict)


class LiveSearches:
    """What every batch is held against. Which searches there are is asked of the table each time, by their ids and
    versions; only what changed is compiled, so that a search takes part in the batch after it was saved."""

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}
        self._lock = Lock()

    def match(self, workspace_id: int, posts: Sequence[Post]) -> list[list[int]]:
        """For each post the ids of the searches that match it."""
        index = self._current(workspace_id)
        if index is None:
            return [[] for _ in posts]
        return [[int(identifier) for identifier in found] for found in index.match(posts)]

    def _current(self, workspace_id: int) -> SearchIndex | None:
        """The index as the table has it now; None without searches."""
        active = SavedSearch.objects.of(workspace_id).active()
        wanted = dict(active.values_list("pk", "version"))
        with self._lock:
            held = self._held.setdefault(workspace_id, _Held())
            if wanted == held.versions:
                return held.index if wanted else None
            changed = [pk for pk, version in wanted.items() if held.versions.get(pk) != version]
            held.index = held.index or SearchIndex()
            for pk, text in active.filter(pk__in=changed).values_list("pk", "text"):
                _put(held.index, pk, text)
            for pk in set(held.versions) - set(wanted):
                _take(held.index, pk)
            held.versions = wanted
            return held.index if wanted else None


def _put(index: SearchIndex, pk: int, text: str) -> None:
    try:
        index.add(pk, parse(text))
    except SearchError as error:  # saved under earlier rules: the others go on
        log.warning("a saved search can't be used", extra={"search": pk, "reason": error.reason})
        _take(index, pk)


def _take(index: SearchIndex, pk: int) -> None:
    try:
        index.remove(pk)
    except KeyError:
        return  # it could not be used before either


live_searches = LiveSearches()
