"""Locks on files. The kernel drops them when their holder dies, even by kill -9, so none can go stale."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Somebody else holds the lock, and went on holding it."""


def open_lock(path: Path) -> int:
    """A descriptor on the lock file, created if need be. Locks belong to the descriptor: closing it releases."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_exclusive(descriptor: int) -> bool:
    """Take the lock alone if nobody else holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_shared(descriptor: int) -> None:
    """Hold the lock together with others; waits while somebody holds it alone."""
    fcntl.flock(descriptor, fcntl.LOCK_SH)


@contextmanager
def alone(path: Path, *, patience: float) -> Iterator[None]:
    """Hold the lock alone. Raises `Busy` where that takes more than `patience` seconds."""
    descriptor = open_lock(path)
    try:
        deadline = time.monotonic() + patience
        while not try_exclusive(descriptor):
            if time.monotonic() > deadline:
                raise Busy(path)
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)
