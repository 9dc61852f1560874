"""What the network tells of the brand's posts: each is delivered after a moment, and two of three are then read."""

from __future__ import annotations

import heapq
import zlib
from datetime import datetime, timedelta

from goodword.connectors.simulator.journal import Entry, Event

_DELIVERED_AFTER = timedelta(seconds=1)
_READ_AFTER = timedelta(seconds=6)


class Seen:
    """The reports that are still to come, known from the posts and from the reports that were written already."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, str, Event]] = []
        self._posts: dict[str, Entry] = {}
        self._told: set[tuple[str, Event]] = set()

    def expect(self, post: Entry) -> None:
        """The brand said something."""
        self._posts[post.id] = post
        heapq.heappush(self._due, (post.at + _DELIVERED_AFTER, post.id, "delivered"))
        if zlib.crc32(post.id.encode()) % 3:
            heapq.heappush(self._due, (post.at + _READ_AFTER, post.id, "read"))

    def take_in(self, report: Entry) -> None:
        """It is told."""
        self._told.add((report.about or "", report.event))

    def due(self, now: datetime) -> Entry | None:
        """The next report, if its time has come; its number is still to be given."""
        while self._due and self._due[0][0] <= now:
            at, post_id, event = heapq.heappop(self._due)
            if (post_id, event) not in self._told:
                post = self._posts[post_id]
                return Entry(
                    n=0, event=event, at=at, story=post.story, by="brand", about=post.id, key_of_about=post.key
                )
        return None
