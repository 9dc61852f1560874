"""The settings of a source: which feed, and how often it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.pacing import every_minutes, history_days, span_of

_EVERY = every_minutes(15, help=_("Less often where the feed itself asks for it."))
_HISTORY = history_days(7, maximum=3650)
FIELDS: Sequence[Field] = (
    Field(
        "address",
        _("Address of the feed"),
        help=_(
            "RSS, Atom or JSON Feed. The address of a page will do for “Test it now”, which says where its feed is."
        ),
        kind=FieldKind.ADDRESS,
    ),
    _EVERY,
    _HISTORY,
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
    return Place(address, span_of(_EVERY, settings), span_of(_HISTORY, settings))
