"""A child must not outlive the process that watches over it, not even when that one is killed."""

from __future__ import annotations

import os
import signal
import threading

PIPE_VARIABLE = "GOODWORD_PARENT_PIPE"


def end_with_parent() -> None:
    """End this process as by SIGTERM when the parent that started it is gone; without a parent, do nothing.

    The parent holds the other end of a pipe and never writes: reading from it returns when the parent is no more.
    """
    named = os.environ.pop(PIPE_VARIABLE, None)
    if named is None:
        return
    pipe = int(named)
    os.set_inheritable(pipe, False)

    def wait() -> None:
        os.read(pipe, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()
