"""What can be connected by filling in a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodword.connectors.registry import BrokenConnector, connector, keys


@dataclass(frozen=True, slots=True)
class Connectable:
    """An installed connector, or why it can't be used."""

    key: str
    label: str
    icon: str
    broken: str = ""


def connectable() -> Sequence[Connectable]:
    """Connectors that hear something by themselves or are spoken to; files come in by `goodword import`."""
    found = (_connectable(key) for key in keys())
    return sorted((one for one in found if one is not None), key=lambda one: one.label)


def _connectable(key: str) -> Connectable | None:
    try:
        there = connector(key)
    except BrokenConnector as error:
        return Connectable(key, key, "circle-alert", str(error))
    capabilities = there.capabilities({field.name: field.default for field in there.fields})
    return Connectable(key, there.label, capabilities.icon) if capabilities.can_listen else None
