"""What the cursor holds: what the feed showed last time, and what it takes to ask whether that has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goodword.connectors.contract import Cursor
from goodword.connectors.feed.entries import Entry, key_of, print_of

_FEWEST, _MOST = 100, 2_000  # entries to remember


@dataclass(slots=True)
class Memory:
    """`shown` has a fingerprint of what each entry said, by a fingerprint of its id."""

    shown: dict[str, str] = field(default_factory=dict)  # oldest first
    seen: Mapping[str, str] = field(default_factory=dict)  # of the last whole answer, for conditional requests
    looked_at: datetime | None = None  # when it last answered

    @classmethod
    def of(cls, cursor: Cursor) -> Memory:
        """From what `cursor` gave earlier."""
        given: Mapping[str, Any] = cursor
        looked_at = given.get("looked_at")
        return cls(
            dict(given.get("shown", {})),
            dict(given.get("seen", {})),
            datetime.fromisoformat(looked_at) if looked_at else None,
        )

    @property
    def cursor(self) -> Cursor:
        """JSON."""
        looked_at = self.looked_at.isoformat() if self.looked_at else None
        return {"shown": dict(self.shown), "seen": dict(self.seen), "looked_at": looked_at}

    def knows(self, entry: Entry) -> bool:
        """Whether it was there before, whatever it said."""
        return key_of(entry) in self.shown

    def note(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those that are new, or say something else than before."""
        new = []
        for entry in entries:
            key, said = key_of(entry), print_of(entry)
            if self.shown.pop(key, None) != said:
                new.append(entry)
            self.shown[key] = said
        keep = min(max(_FEWEST, 2 * len(entries)), _MOST)
        self.shown = dict(list(self.shown.items())[-keep:])
        return new
