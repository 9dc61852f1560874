"""One server, many processes: whoever comes first starts it, whoever leaves last stops it.

Being in is a shared lock on `holders.lock`, so a process that is killed leaves without being asked. Coming
and going happen one at a time, behind `gate.lock`.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from goodword.config.embedded import server
from goodword.config.embedded.cluster import Cluster, cluster_in
from goodword.config.embedded.errors import EmbeddedError
from goodword.config.embedded.locks import Busy, alone, open_lock, take_shared, try_exclusive

URL_VARIABLE = "GOODWORD_DATABASE_URL"


@dataclass(frozen=True)
class Database:
    """A database that is there while we hold it. `cluster` is None for one that was given by its address."""

    url: str
    cluster: Cluster | None = None

    def keep_alive(self) -> bool:
        """Start the embedded server again if it died under us; True if that was needed."""
        if self.cluster is None or not server.is_gone(self.cluster):
            return False
        with _gate(self.cluster):
            server.start(self.cluster)
        return True


_held: set[int] = set()  # descriptors of this process


@contextmanager
def shared_database(home: Path) -> Iterator[Database]:
    """The database of the state folder: the one `GOODWORD_DATABASE_URL` names, else the embedded one.

    Raises `EmbeddedError` where it cannot be had.
    """
    if given := os.environ.get(URL_VARIABLE):
        yield Database(given)
    else:
        with embedded_database(home) as held:
            yield held


@contextmanager
def embedded_database(home: Path, *, throw_away: bool = False) -> Iterator[Database]:
    """The embedded database of the state folder, started if nobody has yet."""
    try:
        cluster = cluster_in(home, throw_away=throw_away)
        holding = open_lock(cluster.place / "holders.lock")
    except PermissionError as error:
        raise EmbeddedError(
            f"No permission for {error.filename}: run Goodword as the user that owns {home}, or set GOODWORD_HOME."
        ) from error
    with _exit_on_termination():
        with _gate(cluster):
            server.start(cluster)
            take_shared(holding)
        _held.add(holding)
        try:
            yield Database(cluster.url, cluster)
        finally:
            _held.discard(holding)
            with _gate(cluster):
                if try_exclusive(holding):
                    server.stop(cluster)
                os.close(holding)


def let_parent_hold() -> None:
    """For a process that was forked from a holder: that one's hold is enough, and ends with it.

    A share of it in a process that outlives its parent would keep the last one out from stopping the server.
    """
    for holding in _held:
        os.close(holding)
    _held.clear()


@contextmanager
def database(home: Path) -> Iterator[str]:
    """Like `shared_database`, for those who need its address (a libpq URL) alone."""
    with shared_database(home) as held:
        yield held.url


@contextmanager
def _gate(cluster: Cluster) -> Iterator[None]:
    try:
        with alone(cluster.place / "gate.lock", patience=360):
            yield
    except Busy:
        raise EmbeddedError(
            "Another Goodword process has been starting or stopping the database for six minutes: "
            "end it, then try again."
        ) from None


@contextmanager
def _exit_on_termination() -> Iterator[None]:
    """While we hold the server, let SIGTERM unwind like an exit, so that the last one out stops it."""
    on_main_thread = threading.current_thread() is threading.main_thread()
    if not on_main_thread or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
