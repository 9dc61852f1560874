"""The one way in which this package's functions become machine code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from goodword.language import compiling

_OPTIONS: dict[str, Any] = {"_nrt": False}  # numba's types leave `_nrt` out
Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """An entry: compiled on the first call, run without the interpreter's lock, and kept on disk.

    It makes no arrays, so none of their references has to be counted.
    """
    return compiling.kept(function, **_OPTIONS)


def part(function: Function) -> Function:
    """A piece of an entry."""
    return compiling.compiled(function, **_OPTIONS)


def inlined(function: Function) -> Function:
    """A small piece of an entry, put in where it is called."""
    return compiling.compiled(function, forceinline=True, **_OPTIONS)
