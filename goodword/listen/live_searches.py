"""The saved searches of each workspace, compiled once and kept in the worker's memory."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from goodword.language.searches import Post, Search, SearchError, SearchIndex, matches, parse
from goodword.language.searches.document import Document
from goodword.listen.matchers import FEW
from goodword.listen.models import SavedSearch

log = logging.getLogger(__name__)

_FEW_SEARCHES = 50
"""So many are held against a post in the time that it takes to cut it into words."""


@dataclass(slots=True)
class _Held:
    versions: dict[int, int] = field(default_factory=dict)
    searches: dict[int, Search] = field(default_factory=dict)
    index: SearchIndex | None = None  # of the same searches, from the first batch on that is worth the kernel


class LiveSearches:
    """What every batch is held against. Which searches there are is asked of the table each time, by their ids and
    versions; only what changed is compiled, so that a search takes part in the batch after it was saved."""

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}
        self._lock = Lock()

    def match(self, workspace_id: int, posts: Sequence[Post]) -> list[list[int]]:
        """For each post the ids of the searches that match it."""
        active = SavedSearch.objects.of(workspace_id).active()
        wanted = dict(active.values_list("pk", "version"))
        with self._lock:
            held = self._held.setdefault(workspace_id, _Held())
            changed = [pk for pk, version in wanted.items() if held.versions.get(pk) != version]
            if changed or len(wanted) < len(held.versions):
                texts = dict(active.filter(pk__in=changed).values_list("pk", "text"))
                _bring_up_to_date(held, texts, gone=set(held.versions) - set(wanted))
                held.versions = wanted
            if held.index is None and held.searches and (len(posts) > FEW or len(held.searches) > _FEW_SEARCHES):
                held.index = SearchIndex(held.searches.items())
            searches, index = dict(held.searches), held.index
        if index is not None:
            return [[int(identifier) for identifier in found] for found in index.match(posts)]
        return [_matching(searches, post) for post in posts]


def _matching(searches: dict[int, Search], post: Post) -> list[int]:
    if not searches:
        return []
    document = Document(post)  # cut into words once for all of them
    return [pk for pk, search in searches.items() if matches(search, document)]


def _bring_up_to_date(held: _Held, texts: dict[int, str], *, gone: set[int]) -> None:
    """Compile what changed; `texts` are by id."""
    for pk, text in texts.items():
        try:
            held.searches[pk] = parse(text)
        except SearchError as error:  # saved under earlier rules: the others go on
            log.warning("a saved search can't be used", extra={"search": pk, "reason": error.reason})
            gone.add(pk)
    for pk in gone:
        if held.searches.pop(pk, None) is not None and held.index is not None:
            held.index.remove(pk)
    for pk in set(texts) - gone:
        if held.index is not None:
            held.index.add(pk, held.searches[pk])


live_searches = LiveSearches()
