"""Groups posts that say the same as they come in."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from goodword.language.copies.essence import essence
from goodword.language.copies.shingles import Hashes, band_keys, likeness, shingles

Id = TypeVar("Id", bound=Hashable)

ALIKE = 0.6
"""Jaccard likeness from which on two texts are copies: one word in ten changed, or one sentence in four."""
_SHORT = 40
"""Fewer different runs of characters than this say too little to be alike: such texts are copies only when equal."""
_MOST_IN_BUCKET = 32
_MOST_COMPARED = 8
_MOST_AUTHORS = 50_000


@dataclass(slots=True)
class CopyGroup(Generic[Id]):
    """Posts that say the same: one voice, however often it is heard."""

    id: Id
    """Of the first post of the group."""
    posts: int = 0
    reach: int = 0
    """Followers of its authors; each counts once, and those beyond `authors` don't: they may have before."""
    authors: set[str] = field(default_factory=set)
    """Those who posted it, up to 50,000 of them."""


@dataclass(slots=True)
class _Original:
    hashes: Hashes
    keys: list[int]


class CopyIndex(Generic[Id]):
    """Finds for each post the group that it is a copy in. Posts are held against the first post of a group only, so
    that a group does not drift; a group that had no copy for longest is forgotten beyond `capacity` groups (about
    4 kB each). The time of an `add` does not depend on how many there are.
    """

    def __init__(self, capacity: int = 50_000) -> None:
        self.capacity = capacity
        self._groups: OrderedDict[Id, CopyGroup[Id]] = OrderedDict()
        self._originals: dict[Id, _Original] = {}
        self._buckets: dict[int, list[Id]] = {}

    def add(self, post_id: Id, text: str, *, author: str = "", followers: int = 0) -> Id:
        """Put the post into its group and return the group's id: that of its first post, or the post's own.

        To go on after a restart, add the first posts of the recent groups again.
        """
        words = essence(text)
        hashes = shingles(words)
        exact = len(hashes) < _SHORT
        keys = [hash(("exact", words or text.strip().casefold()))] if exact else band_keys(hashes)
        group_id = self._find_exact(keys[0]) if exact else self._find_alike(keys, hashes)
        if group_id is None:
            group_id = post_id
            self._begin(group_id, _Original(hashes, keys))
        self._groups.move_to_end(group_id)
        _count(self._groups[group_id], author, followers)
        return group_id

    def group(self, group_id: Id) -> CopyGroup[Id] | None:
        """The group, unless it was forgotten."""
        return self._groups.get(group_id)

    def __len__(self) -> int:
        return len(self._groups)

    def _find_exact(self, key: int) -> Id | None:
        return next(iter(self._buckets.get(key, ())), None)

    def _find_alike(self, keys: list[int], hashes: Hashes) -> Id | None:
        met = Counter(group_id for key in keys for group_id in self._buckets.get(key, ()))
        best, most = None, ALIKE
        for group_id, _ in met.most_common(_MOST_COMPARED):
            alike = likeness(hashes, self._originals[group_id].hashes)
            if alike >= most:
                best, most = group_id, alike
        return best

    def _begin(self, group_id: Id, original: _Original) -> None:
        if group_id in self._groups:
            self._forget(group_id)
        self._groups[group_id] = CopyGroup(group_id)
        self._originals[group_id] = original
        for key in original.keys:
            bucket = self._buckets.setdefault(key, [])
            if len(bucket) < _MOST_IN_BUCKET:
                bucket.append(group_id)
        if len(self._groups) > self.capacity:
            self._forget(next(iter(self._groups)))

    def _forget(self, group_id: Id) -> None:
        del self._groups[group_id]
        for key in self._originals.pop(group_id).keys:
            bucket = self._buckets.get(key, [])
            if group_id in bucket:
                bucket.remove(group_id)
            if not bucket:
                self._buckets.pop(key, None)


def _count(group: CopyGroup[Id], author: str, followers: int) -> None:
    group.posts += 1
    if author and (author in group.authors or len(group.authors) >= _MOST_AUTHORS):
        return
    group.reach += followers
    if author:
        group.authors.add(author)
