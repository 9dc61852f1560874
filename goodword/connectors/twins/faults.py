"""What goes wrong on a network, as often as it is asked for, drawn from a seed; and how often one may ask it."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, fields
from enum import Enum, auto
from typing import Self


@dataclass(frozen=True, slots=True)
class FaultRates:
    """Shares from 0 to 1. `errors`, `lost_answers` are of requests, the others of what a stream says."""

    errors: float = 0.0  # answered with 429, 500, 502 (HTML) or 503, surely without effect
    lost_answers: float = 0.0  # done, and then the connection breaks before the answer is whole
    duplicates: float = 0.0  # said twice
    reordering: float = 0.0  # said after what comes next
    disconnects: float = 0.0  # the stream is cut off

    def __post_init__(self) -> None:
        wrong = [each.name for each in fields(self) if not 0 <= getattr(self, each.name) <= 1]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: must be between 0 and 1")


@dataclass(frozen=True, slots=True)
class Outages:
    """When the whole network is away: for `seconds`, once in `every` seconds, the last thing in each round."""

    every: float = 0.0  # 0: never
    seconds: float = 0.0


class Trouble(Enum):
    """What goes wrong with one request."""

    TOO_MANY = auto()
    BROKEN = auto()
    BAD_GATEWAY = auto()
    OVERLOADED = auto()
    LOST_ANSWER = auto()


_ERRORS = (Trouble.TOO_MANY, Trouble.BROKEN, Trouble.BAD_GATEWAY, Trouble.OVERLOADED)


class Faults:
    """Draws faults; the same seed and the same order of requests draw the same. Latency is in seconds."""

    def __init__(
        self,
        rates: FaultRates | None = None,
        *,
        seed: int = 7,
        latency: float = 0.0,
        outages: Outages | None = None,
    ) -> None:
        self._rates = rates or FaultRates()
        self._chance = random.Random(seed)  # noqa: S311  # faults, not secrets
        self._latency = latency
        self._outages = outages or Outages()
        self._began = time.monotonic()
        self._lose_next: tuple[str, str] | None = None

    def lose_next_answer(self, path: str, *, method: str = "") -> None:
        """The next request whose path begins like this is done, and its answer is lost. For tests."""
        self._lose_next = (method, path)

    def is_away(self) -> bool:
        """Whether the network is in an outage."""
        every, seconds = self._outages.every, self._outages.seconds
        return every > 0 and (time.monotonic() - self._began) % every > every - seconds

    def latency(self) -> float:
        """How long this answer takes: around what was asked for, seldom much longer."""
        return min(self._chance.expovariate(1 / self._latency), 20 * self._latency) if self._latency else 0.0

    def of_request(self, path: str, method: str = "GET") -> Trouble | None:
        """What goes wrong with a request, if anything."""
        if self._lose_next and path.startswith(self._lose_next[1]) and self._lose_next[0] in {"", method}:
            self._lose_next = None
            return Trouble.LOST_ANSWER
        if self._chance.random() < self._rates.errors:
            return self._chance.choice(_ERRORS)
        return Trouble.LOST_ANSWER if self._chance.random() < self._rates.lost_answers else None

    def is_doubled(self) -> bool:
        """Whether this is said twice."""
        return self._chance.random() < self._rates.duplicates

    def is_late(self) -> bool:
        """Whether this is said after what comes next."""
        return self._chance.random() < self._rates.reordering

    def is_cut(self) -> bool:
        """Whether the stream is cut off now."""
        return self._chance.random() < self._rates.disconnects


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a limit."""

    limit: int
    left: int  # -1: refused
    resets_at: float  # seconds since 1970

    @property
    def is_over(self) -> bool:
        """Whether the request is one too many."""
        return self.left < 0


class RateLimit:
    """So many points in a window of so many seconds, which begins with the first of them."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit, self._seconds = limit, seconds
        self._lock = threading.Lock()
        self._used, self._until = 0, 0.0

    def take(self, points: int = 1) -> Allowance:
        """Spend points, unless they are too many."""
        now = time.time()
        with self._lock:
            if now >= self._until:
                self._used, self._until = 0, now + self._seconds
            left = self._limit - self._used - points
            if left >= 0:
                self._used += points
            return Allowance(self._limit, max(left, -1), self._until)

    @classmethod
    def unlimited(cls) -> Self:
        """As good as none."""
        return cls(10**8, 300)
