"""The saved searches of each workspace, compiled once and kept in the worker's memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from goodword.language.searches import Post, Search, SearchError, SearchIndex, matches, parse
from goodword.language.searches.document import Document
from goodword.language.searches.relax import relaxed
from goodword.listen.matchers import FEW
from goodword.listen.models import SavedSearch
from goodword.listen.unusable import stop_soon

_FEW_SEARCHES = 50
"""So many are held against a post in the time that it takes to cut it into words."""

Unknown = frozenset[str]
"""Fields that nobody can tell of the posts yet."""


@dataclass(slots=True)
class _Held:
    lock: Lock = field(default_factory=Lock)
    versions: dict[int, int] = field(default_factory=dict)
    searches: dict[int, Search] = field(default_factory=dict)
    index: SearchIndex | None = None  # of the same searches, from the first batch on that is worth the kernel


class LiveSearches:
    """What every batch is held against. Which searches there are is asked of the table each time, by their ids and
    versions; only what changed is compiled, so that a search takes part in the batch after it was saved. Workspaces
    don't wait for each other, and nobody waits while an index is built."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, Unknown], _Held] = {}
        self._lock = Lock()

    def match(self, workspace_id: int, posts: Sequence[Post], *, unknown: Unknown = frozenset()) -> list[list[int]]:
        """For each post the ids of the searches that match it, or may, once its fields `unknown` are told."""
        held = self._up_to_date(workspace_id, unknown)
        with held.lock:
            versions, searches, index = held.versions, dict(held.searches), held.index
        if index is None and searches and (len(posts) > FEW or len(searches) > _FEW_SEARCHES):
            index = SearchIndex(searches.items())
            with held.lock:
                if held.index is None and held.versions is versions:
                    held.index = index
        if index is not None:
            return [[int(identifier) for identifier in found] for found in index.match(posts)]
        return [_matching(searches, post) for post in posts]

    def asking(self, workspace_id: int, fields: Unknown) -> dict[int, Search]:
        """The searches, by id, that ask for one of these fields."""
        held = self._up_to_date(workspace_id, frozenset())
        with held.lock:
            searches = dict(held.searches)
        return {pk: search for pk, search in searches.items() if relaxed(search, fields) is not search}

    def _up_to_date(self, workspace_id: int, unknown: Unknown) -> _Held:
        active = SavedSearch.objects.of(workspace_id).active()
        wanted = dict(active.values_list("pk", "version"))
        with self._lock:
            held = self._held.setdefault((workspace_id, unknown), _Held())
        with held.lock:
            changed = [pk for pk, version in wanted.items() if held.versions.get(pk) != version]
            if changed or len(wanted) < len(held.versions):
                texts = dict(active.filter(pk__in=changed).values_list("pk", "text"))
                _bring_up_to_date(held, texts, unknown, gone=set(held.versions) - set(wanted))
                held.versions = wanted
        return held


def _matching(searches: dict[int, Search], post: Post) -> list[int]:
    if not searches:
        return []
    document = Document(post)  # cut into words once for all of them
    return [pk for pk, search in searches.items() if matches(search, document)]


def _bring_up_to_date(held: _Held, texts: dict[int, str], unknown: Unknown, *, gone: set[int]) -> None:
    """Compile what changed; `texts` are by id."""
    for pk, text in texts.items():
        search = _usable(pk, text, unknown)
        if search is None:
            gone.add(pk)
        else:
            held.searches[pk] = search
    for pk in gone:
        if held.searches.pop(pk, None) is not None and held.index is not None:
            held.index.remove(pk)
    for pk in set(texts) - gone:
        if held.index is not None:
            held.index.add(pk, held.searches[pk])


def _usable(pk: int, text: str, unknown: Unknown) -> Search | None:
    try:
        search = parse(text)
    except SearchError:  # saved under earlier rules: the others go on
        stop_soon(pk)
        return None
    return relaxed(search, unknown) if unknown else search


live_searches = LiveSearches()
