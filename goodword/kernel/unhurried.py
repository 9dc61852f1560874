"""Long computing that nobody waits for, in a thread that lets all others go first.

What came in meanwhile is decided on, and shown, by other threads of the same process on the same few cores.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import ParamSpec, TypeVar

# Two fifths of the time of a core that others want, all of it otherwise. Less would be worse for them: what is begun
# under Python's lock has to end before they can go on.
_NICENESS = 4

P = ParamSpec("P")
T = TypeVar("T")


def unhurried(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call it in the one thread for such work, wait for it, and hand on what it returns or raises.

    Nothing in it may ask the database: the thread is of no job, so its connection would be nobody's to close.
    """
    return _thread().submit(function, *args, **kwargs).result()


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="unhurried", initializer=_let_others_go_first)


def _let_others_go_first() -> None:
    # Elsewhere a priority is of the whole process. Threads that this one starts have it, too.
    if sys.platform == "linux":
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(ours + _NICENESS, 19))
