"""What a connector that asks now and then does between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

_LOOK = 0.5  # seconds
_SIGN_OF_LIFE = 20.0


def rest(wait: timedelta, stop: Callable[[], bool]) -> Iterator[None]:
    """Wait so long, or until `stop()`; yields as often as the house wants a sign of life."""
    until = said = time.monotonic()
    until += wait.total_seconds()
    while not stop() and (now := time.monotonic()) < until:
        time.sleep(min(_LOOK, until - now))
        if now - said > _SIGN_OF_LIFE:
            said = now
            yield
