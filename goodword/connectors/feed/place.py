"""The settings of a source: which feed, and how often it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _

FIELDS: Sequence[Field] = (
    Field(
        "address",
        _("Address of the feed"),
        help=_(
            "RSS, Atom or JSON Feed. The address of a page will do for “Test it now”, which says where its feed is."
        ),
        kind=FieldKind.ADDRESS,
    ),
    Field(
        "every_minutes",
        _("Minutes between two looks"),
        help=_("Less often where the feed itself asks for it."),
        default="15",
        required=False,
        kind=FieldKind.NUMBER,
        minimum=1,
        maximum=1440,
    ),
    Field(
        "history_days",
        _("Days to look back at first"),
        default="7",
        required=False,
        kind=FieldKind.NUMBER,
        minimum=0,
        maximum=3650,
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A feed."""

    address: str
    every: timedelta
    history: timedelta

    @property
    def name(self) -> str:
        """What people call it, for messages."""
        return f"The feed at {self.host}"

    @property
    def host(self) -> str:
        """Whose feed it is."""
        return urlsplit(self.address).hostname or ""


def read_place(settings: Settings) -> Place:
    """Raises `Refused` with the setting to mend."""
    typed = str(settings.get("address") or "").strip()
    address = typed if "://" in typed else f"https://{typed}"
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        raise Refused("Setting “Address of the feed”: this is no address.")
    try:
        every = timedelta(minutes=float(settings.get("every_minutes") or 15))
        history = timedelta(days=float(settings.get("history_days") or 7))
    except (ValueError, OverflowError) as error:
        raise Refused("Settings “Minutes between two looks” and “Days to look back at first” are numbers.") from error
    return Place(address, every, history)
