"""What is filled in to connect an account, read and checked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _

_SERVICE = "https://bsky.social"
_MOST_HISTORY = 24 * 14
_IMAGES = "https://cdn.bsky.app/img/feed_fullsize/plain/{did}/{cid}@jpeg"


class Ear(StrEnum):
    """Which stream is listened to."""

    JETSTREAM = "jetstream"
    JETSTREAM_2 = "jetstream2"
    FIREHOSE = "firehose"

    @property
    def path(self) -> str:
        """Where it is, below the address of the stream."""
        return _PATHS[self]

    @property
    def subprotocol(self) -> str:
        """What is spoken on the websocket, where that must be said."""
        return "xrpc.v1.json" if self is Ear.JETSTREAM_2 else ""


_PATHS = {
    Ear.JETSTREAM: "/subscribe",
    Ear.JETSTREAM_2: "/xrpc/network.bsky.jetstream.subscribeEvents",
    Ear.FIREHOSE: "/xrpc/com.atproto.sync.subscribeRepos",
}
# Several servers tell the same; each has its own, and Bluesky's are public.
_STREAMS = {
    Ear.JETSTREAM: "wss://jetstream.us-east.bsky.network",
    Ear.JETSTREAM_2: "wss://jetstream.us-east.bsky.network",
    Ear.FIREHOSE: "wss://bsky.network",
}

FIELDS: Sequence[Field] = (
    Field(
        "handle",
        _("Account"),
        help=_("The handle of the brand's account, e.g. harbour.bsky.social"),
        guards_secrets=True,
    ),
    Field(
        "app_password",
        _("App password"),
        help=_(
            "Made at Bluesky under Settings, Privacy and security, App passwords. Never the account's own password."
        ),
        secret=True,
    ),
    Field(
        "service",
        _("Server of the account (PDS)"),
        help=_("Another one only if the account doesn't lie at Bluesky."),
        default=_SERVICE,
        required=False,
        kind=FieldKind.ADDRESS,
        guards_secrets=True,
    ),
    Field(
        "ear",
        _("How to listen"),
        help=_("Each tells all public posts; we keep what concerns the account and what a saved search matches."),
        default=Ear.JETSTREAM.value,
        choices=(
            (Ear.JETSTREAM.value, _("Jetstream (usual; small)")),
            (Ear.JETSTREAM_2.value, _("Jetstream 2, compressed (smaller still)")),
            (Ear.FIREHOSE.value, _("The firehose (of a relay, or of one server alone)")),
        ),
        required=False,
    ),
    Field(
        "stream", _("Address of the stream"), help=_("Empty: Bluesky's own, e.g. wss://bsky.network"), required=False
    ),
    Field(
        "history_hours",
        _("Hours to look back at first"),
        help=_("As far as the stream goes back; usually a day or more."),
        default="0",
        required=False,
        kind=FieldKind.NUMBER,
        minimum=0,
        maximum=_MOST_HISTORY,
    ),
    Field(
        "images",
        _("Where pictures are"),
        help=_("An address with {did} and {cid} in it. Empty: Bluesky's own."),
        required=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Account:
    """The brand's account, and where it is heard."""

    handle: str
    password: str = field(repr=False)
    service: str
    ear: Ear
    stream: str
    history: timedelta  # what was said so long before is heard at first


def read_account(settings: Settings) -> Account:
    """The account that these settings describe. Raises `Refused` with the name of the setting to mend."""
    handle = _text(settings, "handle").lstrip("@").lower()
    password = _text(settings, "app_password")
    if "." not in handle.strip(".") and not handle.startswith("did:"):
        raise Refused("Setting “Account”: a handle like harbour.bsky.social is missing.")
    if not password:
        raise Refused("Setting “App password”: it is missing.")
    try:
        ear = Ear(_text(settings, "ear") or Ear.JETSTREAM)
    except ValueError as error:
        raise Refused("Setting “How to listen” must be jetstream, jetstream2 or firehose.") from error
    stream = (_text(settings, "stream") or _STREAMS[ear]).rstrip("/")
    if not stream.startswith(("wss://", "ws://")):
        raise Refused("Setting “Address of the stream”: it begins with wss://")
    service = (_text(settings, "service") or _SERVICE).rstrip("/")
    return Account(handle, password, service, ear, stream, _history(settings))


def image_address(settings: Settings) -> str:
    """Where a picture is, with `{did}` and `{cid}` in it."""
    return _text(settings, "images") or _IMAGES


def _history(settings: Settings) -> timedelta:
    given = _text(settings, "history_hours") or "0"
    try:
        hours = float(given)
    except ValueError as error:
        raise Refused("Setting “Hours to look back at first” is not a number.") from error
    if not 0 <= hours <= _MOST_HISTORY:
        raise Refused(f"Setting “Hours to look back at first”: 0 to {_MOST_HISTORY}.")
    return timedelta(hours=hours)


def _text(settings: Settings, name: str) -> str:
    return str(settings.get(name) or "").strip()
