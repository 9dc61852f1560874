"""The thread that lets others go first."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from goodword.kernel.unhurried import unhurried


def _priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are Linux's")
def test_it_and_what_it_starts_let_others_go_first() -> None:
    def started() -> list[int]:
        found: list[int] = []
        thread = threading.Thread(target=lambda: found.append(_priority()))
        thread.start()
        thread.join()
        return found

    usual = _priority()
    assert unhurried(_priority) > usual
    assert unhurried(started)[0] > usual
    assert _priority() == usual


def test_it_hands_on_what_was_returned_or_raised() -> None:
    assert unhurried(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        unhurried(divmod, 7, 0)
