"""Who goes first in a process whose threads share one core: what was just heard, before what follows from it.

Under Python's lock every thread that computes slows all others down. What follows from a case, such as its clocks,
may come a second later; that somebody wrote has to be seen at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_LOOKS = 0.05  # seconds
_QUIET = 0.15  # seconds without such work, after which more of it is not expected at once


class _Busy:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running = 0
        self.ended = 0.0  # by the monotonic clock

    def is_over(self) -> bool:
        with self.lock:
            return not self.running and time.monotonic() - self.ended > _QUIET


_busy = _Busy()


@contextmanager
def go_first() -> Iterator[None]:
    """While this runs, and for a moment after it, others of this process give way."""
    with _busy.lock:
        _busy.running += 1
    try:
        yield
    finally:
        with _busy.lock:
            _busy.running -= 1
            _busy.ended = time.monotonic()


def give_way(*, at_most: float) -> None:
    """Wait while others go first, at most so many seconds: under lasting load everything still has its turn."""
    until = time.monotonic() + at_most
    while not _busy.is_over() and time.monotonic() < until:
        time.sleep(_LOOKS)
