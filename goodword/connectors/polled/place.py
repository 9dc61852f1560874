"""The settings of a source: which address, how often, and what its items mean."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.mapping.fields import FIELDS as MAPPING_FIELDS
from goodword.connectors.mapping.fields import Mapping, read_mapping
from goodword.connectors.pacing import every_minutes, history_days, span_of

_EVERY = every_minutes(15, help=_("Less often where the address itself asks for it."))
_HISTORY = history_days(30, maximum=3650)
FIELDS: Sequence[Field] = (
    Field(
        "address",
        _("Address"),
        help=_("It answers with JSON or CSV, the newest or all."),
        kind=FieldKind.ADDRESS,
        guards_secrets=True,
    ),
    Field(
        "token",
        _("Header that says who asks"),
        help=_("If it wants one: its name and what it holds, e.g. Authorization: Bearer 1234."),
        secret=True,
        required=False,
    ),
    _EVERY,
    _HISTORY,
    *MAPPING_FIELDS,
)


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and what its items mean."""

    address: str
    every: timedelta
    history: timedelta
    mapping: Mapping
    headers: AnyMapping[str, str] = field(repr=False)

    @property
    def host(self) -> str:
        """Whose address it is."""
        return urlsplit(self.address).hostname or ""

    @property
    def name(self) -> str:
        """What people call it, for messages."""
        return self.host


def read_place(settings: Settings) -> Place:
    """Raises `Refused` with the setting to mend."""
    typed = str(settings.get("address") or "").strip()
    address = typed if "://" in typed else f"https://{typed}"
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        raise Refused("Setting “Address”: this is no address.")
    every, history = span_of(_EVERY, settings), span_of(_HISTORY, settings)
    return Place(address, every, history, read_mapping(settings), _headers(str(settings.get("token") or "").strip()))


def _headers(written: str) -> dict[str, str]:
    name, colon, value = written.partition(":")
    if not written:
        return {}
    is_name = name.replace("-", "").isalnum() and name.isascii()
    if not colon or not is_name or not value.strip().isascii() or not value.strip().isprintable():
        raise Refused("Setting “Header that says who asks”: write its name, a colon, and what it holds.")
    return {name: value.strip()}
