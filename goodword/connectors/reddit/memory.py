"""What the cursor holds: how far each timeline has been heard, and what may still change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from goodword.connectors.contract import Cursor, Raw

_RECENT = 500  # things that are looked at again, for edits and deletions


@dataclass(slots=True)
class Memory:
    """Moves only forward."""

    until: dict[str, float] = field(default_factory=dict)  # by timeline: when the newest was said, seconds since 1970
    recent: dict[str, str] = field(default_factory=dict)  # by name: fingerprint of what it said; oldest first
    closed: list[str] = field(default_factory=list)  # timelines that can't be heard, once told
    _next: int = 0

    @classmethod
    def of(cls, cursor: Cursor) -> Memory:
        """From what `cursor` gave earlier."""
        given: Mapping[str, Any] = cursor
        until = {str(key): float(at) for key, at in given.get("until", {}).items()}
        recent = {str(name): str(said) for name, said in given.get("recent", {}).items()}
        return cls(until, recent, [str(each) for each in given.get("closed", [])])

    @property
    def cursor(self) -> Cursor:
        """JSON."""
        return {"until": dict(self.until), "recent": dict(self.recent), "closed": list(self.closed)}

    def is_news(self, name: str, raw: Raw) -> bool:
        """Notes it; whether it is new, or says something else than before."""
        said = raw.delivery_id.rpartition("/")[2]
        if self.recent.get(name) == said:
            return False
        self.recent[name] = said
        for oldest in list(self.recent)[:-_RECENT]:
            del self.recent[oldest]
        return True

    def due(self, count: int) -> list[str]:
        """The next recent things to look at again, in turn."""
        if self._next >= len(self.recent):
            self._next = 0
        found = list(self.recent)[self._next : self._next + count]
        self._next += count
        return found

    def forget(self, name: str) -> None:
        """It is gone."""
        self.recent.pop(name, None)
