"""Memory given back to the system, and kept together."""

from __future__ import annotations

import ctypes
import gc
import os
from typing import Final

_ARENAS: Final = 2
_M_ARENA_MAX: Final = -8  # of glibc's malloc.h


def keep_memory_together() -> None:
    """To be called before there are threads, and before numpy is loaded.

    The C library would give threads heaps of their own, up to eight a core; what is free in one serves no other. Only
    one thread runs Python at a time, so two heaps do. The matrices here are too small to be computed by more than one
    thread, and OpenBLAS sets megabytes aside for each that could.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None and "MALLOC_ARENA_MAX" not in os.environ:
        mallopt(_M_ARENA_MAX, _ARENAS)


def give_back_memory() -> None:
    """Hand freed memory to the system at once, where the C library can: it keeps it for itself otherwise."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
