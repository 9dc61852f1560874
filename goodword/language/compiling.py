"""The one way in which the room's functions become machine code, and how that is kept on disk.

numba keeps what it compiled under a stamp of the one file that a function stands in. The machine code holds the
functions and constants of other files as well: after a change there it would go on by the old rule. So here the stamp
is of every source of the room that the function's file imports, directly or by way of others.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
from numba.core import caching

Function = TypeVar("Function", bound=Callable[..., object])

ROOM: Final = Path(__file__).parent
_NAME: Final = __name__.rpartition(".")[0]


def stamp(path: Path) -> str:
    """A digest of the names and contents of a source of the room and of all those of the room that it reaches."""
    found, waiting = {path}, [path]
    while waiting:
        new = _imported(waiting.pop()) - found
        found |= new
        waiting += new
    digest = hashlib.sha256()
    for reached in sorted(found):
        source = reached.read_bytes()
        digest.update(f"{reached.relative_to(ROOM)} {len(source)}\n".encode())
        digest.update(source)
    return digest.hexdigest()


@cache
def _imported(path: Path) -> frozenset[Path]:
    """Sources of the room that a source names in its imports."""
    sources = (source for node in ast.walk(ast.parse(path.read_bytes())) for source in _named(node))
    return frozenset(source for source in sources if source is not None)


def _named(node: ast.AST) -> Iterator[Path | None]:
    if isinstance(node, ast.Import):
        yield from (_source(alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        # What is named is a module of the package, or something that the package itself gives.
        yield from (_source(f"{node.module}.{alias.name}") or _source(node.module) for alias in node.names)


def _source(name: str) -> Path | None:
    """Where a module of the room stands; None for others."""
    below = ROOM / name.removeprefix(f"{_NAME}.").replace(".", "/")
    places = (below.with_suffix(".py"), below / "__init__.py") if name.startswith(f"{_NAME}.") else ()
    return next((place for place in places if place.is_file()), None)


class _Stamped:
    """Where numba would keep it, under a stamp of all that goes into it. Names hold no line number: newer code takes
    the place of older instead of lying beside it for ever."""

    _py_file: str

    def get_source_stamp(self) -> str:
        return stamp(Path(self._py_file))

    def get_disambiguator(self) -> str:
        return "kept"


class _InGivenFolder(_Stamped, caching.UserProvidedCacheLocator):
    """In the folder that `NUMBA_CACHE_DIR` names."""


class _BesideSource(_Stamped, caching.InTreeCacheLocator):
    """Among Python's own bytecode."""


class _InUsersFolder(_Stamped, caching.UserWideCacheLocator):
    """In the user's cache, where the others can't be written to."""


class _Storage(caching.CompileResultCacheImpl):
    _locator_classes = [_InGivenFolder, _BesideSource, _InUsersFolder]


class _Kept(caching.FunctionCache):
    _impl_class = _Storage


def compiled(function: Function, **options: Any) -> Function:
    """Compiled on the first call, for that call's types, without being kept; `options` are those of `numba.njit`."""
    return cast("Function", numba.njit(nogil=True, **options)(function))


def kept(function: Function, **options: Any) -> Function:
    """As `compiled`, and what comes of it is loaded from disk until a source changes that went into it."""
    dispatcher = cast("Any", compiled(function, **options))
    dispatcher._cache = cast("Any", _Kept)(function)  # what `enable_caching` sets, with our stamp
    return cast("Function", dispatcher)


def inlined(function: Function) -> Function:
    """As `kept`, for a small function: put in wherever a compiled one calls it."""
    return kept(function, inline="always")
