"""What the cursor holds: how far each timeline has been heard, and which posts may still change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goodword.connectors.contract import Cursor, Raw
from goodword.connectors.mastodon.entities import Id

_RECENT = 200  # posts that are looked at again for edits and deletions that no stream told of
_GIVEN = 5_000


@dataclass(slots=True)
class Memory:
    """Moves only forward. `given` is of this session: what came by the stream is not handed over again."""

    until: dict[str, Id] = field(default_factory=dict)  # by timeline
    recent: list[Id] = field(default_factory=list)  # oldest first
    given: dict[str, None] = field(default_factory=dict)
    _next: int = 0

    @classmethod
    def of(cls, cursor: Cursor) -> Memory:
        """From what `cursor` gave earlier."""
        until: Mapping[str, Any] = cursor.get("until", {})
        return cls({key: str(value) for key, value in until.items()}, [str(each) for each in cursor.get("recent", [])])

    @property
    def cursor(self) -> Cursor:
        """JSON."""
        return {"until": dict(self.until), "recent": list(self.recent)}

    def note(self, raws: Sequence[tuple[Id, Raw]]) -> Iterator[Raw]:
        """Those that were not handed over before."""
        for status_id, raw in raws:
            if raw.delivery_id in self.given:
                continue
            self.given[raw.delivery_id] = None
            if len(self.given) > _GIVEN:
                del self.given[next(iter(self.given))]
            if status_id not in self.recent:
                self.recent = [*self.recent[1 - _RECENT :], status_id]
            yield raw

    def due(self, count: int) -> list[Id]:
        """The next recent posts to look at again, in turn."""
        if self._next >= len(self.recent):
            self._next = 0
        found = self.recent[self._next : self._next + count]
        self._next += count
        return found

    def forget(self, status_id: Id) -> None:
        """It is gone."""
        if status_id in self.recent:
            self.recent.remove(status_id)
