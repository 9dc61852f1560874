"""Finds the twin of a connector: the module `twin` beside it, with a function `make_twin`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from importlib.util import find_spec
from typing import cast

from goodword.connectors.registry import UnknownConnector, connector, keys
from goodword.connectors.twins.server import Twin
from goodword.connectors.twins.world import World


class NoTwin(LookupError):
    """This connector has no twin."""


def twin_of(key: str, world: World) -> Twin:
    """The twin of the connector of this key. Raises `UnknownConnector`, `BrokenConnector`, `NoTwin`."""
    module = _module_of(key)
    if module is None:
        raise NoTwin(f"The connector {key!r} has no simulator. There is one for: {', '.join(simulated())}.")
    make = cast(Callable[[World], Twin], importlib.import_module(module).make_twin)
    return make(world)


def simulated() -> list[str]:
    """The keys of connectors with a twin."""
    return [key for key in keys() if _module_of(key)]


def _module_of(key: str) -> str | None:
    try:
        package = type(connector(key)).__module__.rpartition(".")[0]
    except UnknownConnector:
        raise
    except RuntimeError:  # a broken third party; the others still can be simulated
        return None
    module = f"{package}.twin"
    return module if package and find_spec(module) else None
