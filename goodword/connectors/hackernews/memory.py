"""What the cursor holds: how far each search has been heard, and which items may still change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from goodword.connectors.contract import Cursor, Raw

_RECENT = 300  # items that are looked at again, for edits and deletions


@dataclass(slots=True)
class Memory:
    """Moves only forward."""

    until: dict[str, int] = field(default_factory=dict)  # by search: time of the newest item, in seconds since 1970
    recent: dict[int, str] = field(default_factory=dict)  # by id: what it said, as its delivery id; oldest first
    _next: int = 0

    @classmethod
    def of(cls, cursor: Cursor) -> Memory:
        """From what `cursor` gave earlier."""
        given: Mapping[str, Any] = cursor
        recent = {int(item_id): str(said) for item_id, said in given.get("recent", {}).items()}
        return cls({str(phrase): int(at) for phrase, at in given.get("until", {}).items()}, recent)

    @property
    def cursor(self) -> Cursor:
        """JSON."""
        return {"until": dict(self.until), "recent": {str(item_id): said for item_id, said in self.recent.items()}}

    def is_news(self, item_id: int, raw: Raw) -> bool:
        """Notes it; whether it is new, or says something else than before."""
        if self.recent.get(item_id) == raw.delivery_id:
            return False
        self.recent[item_id] = raw.delivery_id
        for oldest in list(self.recent)[:-_RECENT]:
            del self.recent[oldest]
        return True

    def due(self, count: int) -> list[int]:
        """The next recent items to look at again, in turn."""
        if self._next >= len(self.recent):
            self._next = 0
        found = list(self.recent)[self._next : self._next + count]
        self._next += count
        return found
