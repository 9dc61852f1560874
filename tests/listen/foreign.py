"""A connector of a third party, found by its entry point; its settings say how well it behaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.metadata import EntryPoint

import pytest

from goodword.connectors import registry
from goodword.connectors.contract import (
    Author,
    Capabilities,
    Cursor,
    Delivery,
    Field,
    Heard,
    Raw,
    Refused,
    Retry,
    Settings,
)
from goodword.listen.models import Source
from goodword.staff.models import Workspace

SECRET = "my number is 0151 1234567"  # what a customer wrote, and a careless connector puts into its exceptions


class Foreign:
    key = "foreign"
    label = "Foreign"
    fields: Sequence[Field] = ()

    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities()

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        if raw.body == b"unforeseen":
            raise KeyError(SECRET)
        return (Heard(raw.delivery_id, Author("mara"), datetime(2026, 3, 2, tzinfo=UTC), raw.body.decode()),)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        n = int(cursor.get("n", 0)) + 1
        if not settings.get("mute"):
            yield Delivery((Raw(str(n), b"Hello"),), {"n": n})
        match settings.get("then"):
            case "fails":
                raise KeyError(SECRET)
            case "refuses":
                raise Refused("Sign in again.")
            case "oddly":
                raise Refused("A proxy's page.", perhaps_passing=True)
            case "waits":
                raise Retry("The line is busy.", after=timedelta(minutes=5))
            case "ends":
                return
        while not stop():
            time.sleep(0.01)


@contextmanager
def foreign_installed() -> Iterator[None]:
    """As if its package were installed beside ours."""
    entry_point = EntryPoint("foreign", f"{Foreign.__module__}:Foreign", registry.GROUP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "entry_points", lambda group: [entry_point])
        _forget()
        yield
    _forget()


def _forget() -> None:
    registry._registered.cache_clear()
    registry.connector.cache_clear()


def foreign_source(workspace: Workspace, name: str, *, key: str = "foreign", **settings: object) -> Source:
    """A source of this connector, or one whose connector is not installed."""
    return Source.objects.create(
        workspace=workspace,
        connector_key=key,
        channel=key,
        name=name,
        settings=settings,
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
