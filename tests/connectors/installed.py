"""A connector of a test, as if its package were installed beside ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from goodword.connectors import registry
from goodword.connectors.contract import Connector


@dataclass(frozen=True)
class _Entry:
    """As an entry point: it loads something that makes the connector."""

    made: Connector
    value: str = "tests"

    @property
    def name(self) -> str:
        return self.made.key

    def load(self) -> object:
        return lambda: self.made


@contextmanager
def installed(connector: Connector) -> Iterator[None]:
    """While inside, the registry finds it by its key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "entry_points", lambda group: [_Entry(connector)])
        _forget()
        yield
    _forget()


def _forget() -> None:
    registry._registered.cache_clear()
    registry.connector.cache_clear()
