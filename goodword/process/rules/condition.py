"""Which cases a rule of the process is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from goodword.process.rules.spoken import occurs


@dataclass(frozen=True, slots=True)
class Traits:
    """What is asked about a case; `words` are folded."""

    priority: int
    risk: int
    channel: str
    labels: frozenset[int]
    team: int | None
    cause: int | None = None
    words: str = ""


_LISTS = ("priorities", "channels", "labels", "teams", "causes", "words")


@dataclass(frozen=True, slots=True)
class Condition:
    """All that is named must hold; of a list, any. What names nothing holds for every case."""

    priorities: tuple[int, ...] = ()
    min_risk: int = 0
    channels: tuple[str, ...] = ()
    labels: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    causes: tuple[int, ...] = ()
    words: tuple[str, ...] = ()  # folded; beginnings of what is said

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Condition:
        """As a row keeps it."""
        lists = {name: tuple(stored.get(name, ())) for name in _LISTS}
        return cls(min_risk=int(stored.get("min_risk", 0)), **lists)

    def as_json(self) -> dict[str, Any]:
        """For the row."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    def holds(self, case: Traits) -> bool:
        """Whether it is for this case."""
        return (
            (not self.priorities or case.priority in self.priorities)
            and case.risk >= self.min_risk
            and (not self.channels or case.channel in self.channels)
            and (not self.labels or not case.labels.isdisjoint(self.labels))
            and (not self.teams or case.team in self.teams)
            and (not self.causes or case.cause in self.causes)
            and (not self.words or any(occurs(word, case.words) for word in self.words))
        )
