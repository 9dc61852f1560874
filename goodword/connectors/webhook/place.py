"""The settings of a source: who shares the secret, what the payloads mean, and where answers go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.mapping.fields import FIELDS as MAPPING_FIELDS

FIELDS: Sequence[Field] = (
    Field(
        "place",
        _("Where it comes from"),
        help=_("The shop, form or platform, e.g. shop.example. A name without a number means somebody there only."),
    ),
    Field(
        "secret",
        _("Secret"),
        help=_("What both sides sign with: as the other system shows it (whsec_…), or one that you make up there."),
        secret=True,
    ),
    Field(
        "subscribe_address",
        _("Address for subscriptions"),
        help=_(
            "Where that system takes the address that it shall call (REST hooks). We post ours there, signed, and see "
            "every few minutes that it still stands. Without it, you enter ours by hand."
        ),
        required=False,
        kind=FieldKind.ADDRESS,
    ),
    Field(
        "reply_address",
        _("Address for answers"),
        help=_("Answers are posted there, signed. Without it, they are given where it comes from."),
        required=False,
        kind=FieldKind.ADDRESS,
    ),
    Field(
        "can_ask",
        _("Can that address be asked for an answer"),
        help=_(
            "By GET with ?id= of the answer: 200 where it arrived, 404 where it didn't. So none is lost or sent twice."
        ),
        default="no",
        choices=(("no", _("No")), ("yes", _("Yes"))),
        required=False,
    ),
    *MAPPING_FIELDS,
    Field(
        "sample",
        _("A payload to try the paths on"),
        help=_("Paste one. Once something has come in, the last payload is taken instead."),
        required=False,
        multiline=True,
        tries_again=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Outside:
    """An address of the other system."""

    origin: str
    path: str  # with its query
    can_be_asked: bool
    secret: str = field(repr=False)


def secret_of(settings: Settings) -> str:
    """What both sides sign with; empty where none is kept."""
    return str(settings.get("secret") or "").strip()


def read_outside(settings: Settings, name: str = "reply_address") -> Outside:
    """The address in this setting. Raises `Refused` with the setting to mend."""
    typed, secret = str(settings.get(name) or "").strip(), secret_of(settings)
    label = next(each.label for each in FIELDS if each.name == name)
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
        is_address = bool(typed and parts.hostname)
    except ValueError:
        is_address = False
    if not is_address:
        raise Refused(f"Setting “{label}”: it is missing, or no address.")
    if not secret:
        raise Refused("Setting “Secret”: it is missing.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Outside(f"{parts.scheme}://{parts.netloc}", path, settings.get("can_ask") == "yes", secret)
