"""The second process of a worker, for all that follows from what was heard.

Python runs one thread of a process at a time: clocks, routing and closer reading took half of the time of whoever
decides on what came in, and customers' words were seen seconds later. Forked, the process shares the memory of what was
loaded before, and the system itself gives precedence to the first.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkProcess
from multiprocessing.process import parent_process
from pathlib import Path

from goodword.config.embedded import let_parent_hold
from goodword.config.processes.logs import log_to_file_or_stderr

_NAME = "follow-up"
_NICENESS = 5  # a third of the time of a core that the first process wants too, all of it otherwise
_PATIENCE = 20.0  # seconds from being asked until it is killed; jobs under way have had theirs by then
# Elsewhere the system's own libraries may not be used after a fork: there one process does everything.
CAN_FORK = sys.platform == "linux"

log = logging.getLogger(__name__)


class Following:
    """The second process, as the first sees it."""

    def __init__(self, process: ForkProcess) -> None:
        self._process = process
        self._asked_at: float | None = None

    @property
    def sentinel(self) -> int:
        """A descriptor that can be read from when the process has ended."""
        return self._process.sentinel

    def ask_to_end(self) -> None:
        """Let it finish what it is at."""
        if self._asked_at is None:
            self._asked_at = time.monotonic()
            self._process.terminate()

    def end(self) -> None:
        """Wait until it has ended, and kill it where that takes too long since it was asked."""
        self.ask_to_end()
        asked_at = self._asked_at or time.monotonic()
        self._process.join(max(0.0, asked_at + _PATIENCE - time.monotonic()))
        if self._process.is_alive():
            log.warning("the follow-up process did not end in time and is killed")
            self._process.kill()
            self._process.join()


@contextmanager
def follow_up(run: Callable[[], None]) -> Iterator[Following]:
    """Run `run` in a process of its own, and end it with this block. Call it before there are threads of one's own.

    It gets SIGTERM when the block or this process ends; whether it ended by itself is the caller's to watch.
    """
    process = multiprocessing.get_context("fork").Process(target=_begin, args=[run], name=_NAME)
    process.start()
    following = Following(process)
    try:
        yield following
    finally:
        following.end()


def _begin(run: Callable[[], None]) -> None:
    let_parent_hold()
    _log_beside()
    os.nice(_NICENESS)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    try:
        run()
    except Exception as error:  # what ends it stands in its log, without anybody's words, and not on the terminal
        log.exception("the follow-up process ends")
        raise SystemExit(1) from error


def _log_beside() -> None:
    """Two processes can't take turns at renaming one file when it is full."""
    if path := os.environ.get("GOODWORD_LOG_FILE"):
        os.environ["GOODWORD_LOG_FILE"] = str(Path(path).with_name(f"{_NAME}.log"))
    log_to_file_or_stderr(_NAME)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None, "it was forked"
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)  # a job that doesn't end must not keep an orphan alive
    os._exit(1)
