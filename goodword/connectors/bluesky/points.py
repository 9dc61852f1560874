"""What the network lets us do in a time, counted here before it is spent there.

Bluesky's server counts points for writes (a record made 3, changed 2, deleted 1; 5,000 an hour and 35,000 a day for an
account), and sign-ins (30 in five minutes). Its own count, told in headers, has the last word.
"""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta
from threading import Lock

from goodword.connectors.contract import Quota, Retry

TO_CREATE = 3


class Budget:
    """How much may be spent in the last so-and-so long, for each account; `limits` are amounts and times."""

    def __init__(self, *limits: tuple[int, timedelta]) -> None:
        self._limits = limits
        self._spent: dict[str, deque[tuple[datetime, int]]] = defaultdict(deque)
        self._closed_until: dict[str, datetime] = {}
        self._lock = Lock()

    def spend(self, account: str, cost: int, now: datetime) -> None:
        """Take `cost` from what is left. Raises `Retry` with the time after which there is enough again."""
        with self._lock:
            spent = self._spent[account]
            longest = max(time for _, time in self._limits)
            while spent and spent[0][0] <= now - longest:
                spent.popleft()
            wait = max(
                self._closed_until.get(account, now) - now,
                *(_wait(spent, cost, amount, time, now) for amount, time in self._limits),
            )
            if wait > timedelta(0):
                raise Retry("Bluesky's limit for this account is used up for now.", after=wait)
            spent.append((now, cost))

    def heed(self, account: str, quota: Quota | None) -> None:
        """What the network itself says is left: if that isn't enough for one more, nothing is spent until it is."""
        if quota is not None and quota.left < TO_CREATE and quota.resets_at is not None:
            with self._lock:
                self._closed_until[account] = quota.resets_at


def _wait(spent: deque[tuple[datetime, int]], cost: int, amount: int, time: timedelta, now: datetime) -> timedelta:
    """Until `cost` fits into `amount` within `time`."""
    recent = [(at, each) for at, each in spent if at > now - time]
    excess = sum(each for _, each in recent) + cost - amount
    for at, each in recent:
        if excess <= 0:
            break
        excess -= each
        if excess <= 0:
            return at + time - now
    return timedelta(0)


writes = Budget((5_000, timedelta(hours=1)), (35_000, timedelta(days=1)))
sign_ins = Budget((30, timedelta(minutes=5)))
