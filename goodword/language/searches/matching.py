"""Runs the kernel over batches of posts and turns what it found into ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from goodword.language.searches.characters import fold
from goodword.language.searches.columns import joined, lay_out, texts_of
from goodword.language.searches.compact import compacted
from goodword.language.searches.document import Document
from goodword.language.searches.frequency import Frequencies
from goodword.language.searches.kernel.batch import match_batch
from goodword.language.searches.kernel.state import COUNTS, POST_SHIFT, STAMP, Batch, Found, Notes
from goodword.language.searches.limits import WILDCARD_LENGTH
from goodword.language.searches.merge import merge_segments
from goodword.language.searches.post import Post
from goodword.language.searches.reference import holds
from goodword.language.searches.search import Search
from goodword.language.searches.segment import SearchId, Segment, build_segment, without

_LAST_STAMP = 2_000_000_000
_ROOM = 64
"""Matches a post that room is made for at first."""
_BLOCK = 4_000
"""Matches whose ids are looked up at a time, about: few enough that the ids stay at hand until they are in lists."""
_NUMBER = (1 << POST_SHIFT) - 1


class KernelPart:
    """Some searches of the index; it never changes. Any number of threads may match with it at once."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._spare_notes: list[Notes] = []
        self._ids_by_number = _array_of(segment.ids)

    @classmethod
    def of(cls, searches: Iterable[tuple[SearchId, Search]], frequencies: Frequencies) -> KernelPart:
        """Compile searches."""
        return cls(build_segment(searches, frequencies))

    @property
    def ids(self) -> list[SearchId]:
        """The ids of all searches, the removed ones too."""
        return self.segment.ids

    def __len__(self) -> int:
        return len(self.segment.ids) - self.segment.removed

    def without(self, number: int) -> KernelPart:
        """The same searches less one."""
        return KernelPart(without(self.segment, number))

    def compacted(self) -> KernelPart:
        """The same searches, and nothing left of those that were removed."""
        return KernelPart(compacted(self.segment))

    def joined(self, other: KernelPart) -> KernelPart:
        """The searches of both."""
        return KernelPart(merge_segments(self.segment, other.segment))

    def match(self, posts: Sequence[Post], *, folded: bool = False) -> list[list[SearchId]]:
        """For each post the ids of the searches that match it, in the order in which they were given."""
        texts = texts_of(posts)
        if folded:
            texts = [fold(text) for text in texts]
        whole = joined(posts, texts)
        batch = lay_out(self.segment, posts, whole, folded=folded)
        found = self._run(batch, len(posts))
        rows = self._ids(posts, found)
        if found.slow.any():
            assert not folded, "a folded text needs no normalisation"
            slow = np.flatnonzero(found.slow).tolist()
            for number, row in zip(slow, self.match([posts[number] for number in slow], folded=True), strict=True):
                rows[number] = row
        return rows

    def _run(self, batch: Batch, posts: int) -> Found:
        room = posts * _ROOM
        places = len(batch.text) + 2
        while True:
            notes = self._notes(places)
            found = Found(np.empty(room, np.int64), np.empty(posts, np.int32), np.empty(posts, np.uint8))
            if match_batch(self.segment.vocabulary, self.segment.programs, notes, batch, found):
                self._spare_notes.append(notes)
                return found
            room, places = room * 4, places * 4

    def _notes(self, places: int) -> Notes:
        """Notes with room for so many places: used ones, or new ones."""
        with suppress(IndexError):  # another thread may take the last ones at any moment
            while True:
                notes = self._spare_notes.pop()
                if len(notes.words_at) >= places and notes.counts[STAMP] < _LAST_STAMP:
                    return notes
        terms, searches = len(self.segment.vocabulary.keys), len(self.segment.ids)
        return Notes(
            stamps=np.zeros(terms, np.int32),
            seen=np.zeros(searches, np.int32),
            chain_heads=np.empty(terms, np.int32),
            chain_tails=np.empty(terms, np.int32),
            chain_places=np.empty(places, np.int32),
            chain_next=np.empty(places, np.int32),
            words_at=np.empty(places, np.int32),
            word_keys=np.empty(places, np.uint64),
            word_starts=np.empty(places, np.int32),
            word_ends=np.empty(places, np.int32),
            begun=np.empty(places, np.int32),
            begun_keys=np.empty(places, np.uint64),
            pending=np.empty(places, np.int32),
            tags_at=np.empty(places, np.int32),
            pairs_at=np.empty(places, np.int32),
            marks=np.zeros(places, np.uint8),
            hits=np.empty(terms, np.int32),
            letters=np.zeros(WILDCARD_LENGTH + 1, np.uint32),
            counts=np.zeros(COUNTS, np.int64),
        )

    def _ids(self, posts: Sequence[Post], found: Found) -> list[list[SearchId]]:
        ends = found.ends.tolist()
        matches = found.matches[: ends[-1] if ends else 0]
        matches.sort(kind="stable")  # the quickest of its kinds here: what each term led to is in order already
        numbers = (matches & _NUMBER) >> 1
        if self.segment.doubtful and (matches & 1).any():
            return self._decided(posts, ends, numbers.tolist(), (matches & 1).tolist())
        rows: list[list[SearchId]] = []
        size = _BLOCK * len(ends) // (len(numbers) + 1) + 1
        start = 0
        for first in range(0, len(ends), size):
            block = ends[first : first + size]
            ids: list[SearchId] = self._ids_by_number.take(numbers[start : block[-1]]).tolist()
            bounds = [end - start for end in block]
            rows += [ids[begin:end] for begin, end in pairwise([0, *bounds])]
            start = block[-1]
        return rows

    def _decided(
        self, posts: Sequence[Post], ends: list[int], numbers: list[int], doubts: list[int]
    ) -> list[list[SearchId]]:
        """The ids of what matches, after the reference has had its word where there is doubt."""
        rows: list[list[SearchId]] = []
        for post, (start, end) in zip(posts, pairwise([0, *ends]), strict=True):
            document = Document(post) if any(doubts[start:end]) else None
            rows.append(
                [
                    self.segment.ids[number]
                    for number, doubt in zip(numbers[start:end], doubts[start:end], strict=True)
                    if not doubt or (document and holds(self.segment.doubtful[number].tree, document))
                ]
            )
        return rows


def _array_of(ids: list[SearchId]) -> npt.NDArray[np.int64] | npt.NDArray[np.object_]:
    """Ids by number. Where all are numbers they lie together; as objects each would have to be fetched from its own
    place in memory, which takes longer than to make it again."""
    if all(type(identifier) is int for identifier in ids):
        with suppress(OverflowError):
            return np.array(ids, np.int64)
    return np.array([*ids, None], object)[:-1]
