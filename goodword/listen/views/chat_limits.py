"""How often a door may be knocked at: so many at once, then one every so often (the generic cell rate algorithm).

Counted in this process alone: each further web process lets as many through again. That bounds what one visitor or
one address can do, which is all that it is for.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

_MOST_KEPT = 20_000  # keys; beyond that those whose time is over are forgotten


class TooOften(Exception):
    """Not now; `again_in` says when."""

    def __init__(self, again_in: timedelta) -> None:
        super().__init__()
        self.again_in = again_in


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` at once, and then one `every` so often."""

    every: timedelta
    burst: int

    def next_due(self, due: datetime | None, now: datetime) -> datetime:
        """When the bucket will be empty after one more, given when it would be before. Raises `TooOften`."""
        then = max(due or now, now) + self.every
        if (over := then - now - self.every * self.burst) > timedelta():
            raise TooOften(over)
        return then


@dataclass(slots=True)
class Limiter:
    """A limit for each of many keys."""

    limit: Limit
    _due: dict[str, datetime] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def is_over(self, key: str, now: datetime) -> bool:
        """Whether one more would be refused; counts nothing."""
        try:
            self.limit.next_due(self._due.get(key), now)
        except TooOften:
            return True
        return False

    def pass_or_refuse(self, key: str, now: datetime) -> None:
        """Count one. Raises `TooOften`; a refused one does not count."""
        with self._lock:
            if len(self._due) >= _MOST_KEPT:
                self._due = {kept: due for kept, due in self._due.items() if due > now}
            self._due[key] = self.limit.next_due(self._due.get(key), now)


def network_of(address: str) -> str:
    """What counts as one address: in IPv6 a household has 2^64 of them."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address
