"""The checklist of connecting: what to create at the network first, with the addresses to do it at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from django.utils.translation import gettext as _

from goodword.connectors.contract import Connector, Field, FieldKind, Guides
from goodword.connectors.settings_schema import fault_of


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as a page shows it. `url` is empty until the settings that it depends on are known."""

    what: str
    url: str
    copies: str


def steps_of(connector: Connector, settings: Mapping[str, str]) -> Sequence[ShownStep]:
    """In order; none for a connector whose network wants nothing first. `settings` as far as they were typed."""
    if not isinstance(connector, Guides):
        return []
    known = {field.name: _filled(field, settings.get(field.name, "")) for field in connector.fields if not field.secret}
    return [ShownStep(_(step.what), _address(step.address, known), step.copies) for step in connector.steps]


def _filled(field: Field, value: str) -> str:
    """What may stand in an address: of settings, only addresses, or names, that are what they must be."""
    value = value.strip().rstrip("/")
    if not value or fault_of(field, value):
        return ""
    return f"https://{value}" if field.kind is FieldKind.ADDRESS and "://" not in value else value


def _address(address: str, known: Mapping[str, str]) -> str:
    names = [name for _text, name, _spec, _conversion in Formatter().parse(address) if name]
    if not all(known.get(name) for name in names):
        return ""
    filled = address.format_map(known)
    return filled if filled.startswith(("https://", "http://")) else ""
