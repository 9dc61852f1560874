"""Memory given back to the system."""

from __future__ import annotations

import ctypes
import gc


def give_back_memory() -> None:
    """Hand freed memory to the system at once, where the C library can: it keeps it for itself otherwise."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
