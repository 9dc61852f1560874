from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

# Eight threads that each hold memory of their own at the same moment, and how many heaps that made.
HEAPS = """
import ctypes, sys, threading
from goodword.kernel.memory import keep_memory_together
if sys.argv[1] == "together":
    keep_memory_together()
barrier = threading.Barrier(8)
def hold():
    held = bytes(10_000)
    barrier.wait()
threads = [threading.Thread(target=hold) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library = ctypes.CDLL(None)
library.malloc_info(0, ctypes.c_void_p.in_dll(library, "stdout"))
library.fflush(None)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="no glibc, so no heaps to count")
def test_threads_share_two_heaps() -> None:
    def heaps(how: str) -> int:
        done = subprocess.run([sys.executable, "-c", HEAPS, how], capture_output=True, text=True, check=True, env={})
        return done.stdout.count("<heap nr=")

    assert heaps("together") <= 2 < heaps("apart")
