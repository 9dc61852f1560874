"""What the cursor of a document holds: what it showed last time, and what it takes to ask whether that has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goodword.connectors.contract import Cursor

_FEWEST, _MOST = 100, 2_000  # items to remember


@dataclass(slots=True)
class Memory:
    """`shown` has a fingerprint of what each item said, by a fingerprint of its id."""

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

    def note(self, key: str, said: str) -> bool:
        """Whether this item is new, or says something else than before."""
        is_news = self.shown.pop(key, None) != said
        self.shown[key] = said
        return is_news

    def trim(self, count: int) -> None:
        """Forget what is old, after a document of so many items."""
        keep = min(max(_FEWEST, 2 * count), _MOST)
        self.shown = dict(list(self.shown.items())[-keep:])
