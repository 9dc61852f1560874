"""The web chat as a connector. Its doors (widget, frame, stream) are the house's; here is what they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from goodword.connectors.chat.attention import PatienceUnreadable, read_attention, read_patience
from goodword.connectors.chat.events import parse
from goodword.connectors.chat.hours import HoursUnreadable, read_hours
from goodword.connectors.chat.identity import KeyUnusable, keys_of
from goodword.connectors.chat.origins import OriginsUnreadable, read_origins
from goodword.connectors.contract import (
    Attention,
    Capabilities,
    Check,
    Field,
    FieldKind,
    Heard,
    Outgoing,
    Raw,
    Receipt,
    Sent,
    Settings,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.storable import bounded

_ALGORITHMS = (
    ("HS256", _("HS256: a shared secret")),
    ("RS256", _("RS256: an RSA public key")),
    ("ES256", _("ES256: a P-256 public key")),
)


def _key_fields(slot: str, label: str, id_label: str, algorithm_label: str, help_text: str) -> tuple[Field, ...]:
    return (
        Field(f"key_{slot}_id", id_label, required=False),
        Field(f"key_{slot}_algorithm", algorithm_label, default="HS256", choices=_ALGORITHMS, required=False),
        Field(f"key_{slot}", label, help=help_text, secret=True, required=False, multiline=True),
    )


def _minutes(name: str, label: str, *, help: str, default: str = "") -> Field:
    return Field(name, label, help, required=False, default=default, kind=FieldKind.NUMBER, minimum=0, maximum=10_080)


class WebChat:
    """Visitors of the brand's pages, who wait in front of the screen."""

    key = "chat"
    label = _("Web chat")
    fields: Sequence[Field] = (
        Field(
            "origins",
            _("Pages that may show the chat"),
            help=_("Origins, e.g. https://shop.example; one a line."),
            multiline=True,
        ),
        Field(
            "hours",
            _("Opening hours"),
            help=_("e.g. Mon-Fri 09:00-17:00; Sat 10:00-14:00. Empty: always."),
            required=False,
        ),
        Field("time_zone", _("Time zone of the hours"), default="UTC", required=False),
        _minutes("expected_wait_minutes", _("Expected wait in minutes"), help=_("Told to visitors.")),
        _minutes(
            "answer_within_minutes",
            _("Minutes until the alarm"),
            default="3",
            help=_(
                "When nobody has answered by then, the team is alarmed and the visitor asked for an e-mail address."
            ),
        ),
        _minutes(
            "give_up_after_minutes",
            _("Minutes until we say what happens next"),
            default="10",
            help=_("When still nobody has answered, the visitor gets a message that says so."),
        ),
        Field("greeting", _("Greeting"), required=False, multiline=True),
        Field("away_text", _("Text outside the hours"), required=False, multiline=True),
        Field("audience", _("Audience (aud)"), help=_("That the tokens of your server must name."), required=False),
        *_key_fields(
            "1",
            _("Key 1"),
            _("Key 1: id (kid)"),
            _("Key 1: algorithm"),
            _("The secret (32 bytes or more) or public key that checks your server's tokens."),
        ),
        *_key_fields(
            "2",
            _("Key 2"),
            _("Key 2: id (kid)"),
            _("Key 2: algorithm"),
            _("A second live key, for replacing the first without a gap."),
        ),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Live: the customer waits in front of the screen, and must not be left there."""
        return Capabilities(
            can_reply=True,
            public=False,
            live=True,
            can_find_sent=True,
            hears_edits=False,
            max_length=4000,
            max_attachments=5,
            max_attachment_bytes=10 << 20,
            icon="message-circle",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return (parse(raw),)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Nothing to transmit: the customer's frame shows the house's own message."""
        return Receipt(native_id=_native_id(outgoing), at=now(), state=Sent.SENT)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """What the house has written is there."""
        return Receipt(native_id=_native_id(outgoing), at=datetime.now(UTC), state=Sent.SENT)

    def attention(self, *, settings: Settings, at: datetime) -> Attention:
        """Pure; settings that can't be read count as not given."""
        return read_attention(settings, at=at)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Whether the settings can be read."""
        return (_check_origins(settings), _check_hours(settings), _check_patience(settings), _check_keys(settings))


def _native_id(outgoing: Outgoing) -> str:
    return bounded(f"reply:{outgoing.idempotency_key}")


def _check_origins(settings: Settings) -> Check:
    try:
        origins = read_origins(settings)
    except OriginsUnreadable as error:
        return Check("Pages", passed=False, detail=str(error))
    return Check("Pages", passed=bool(origins), detail=" ".join(origins) or "No page may show the chat yet.")


def _check_patience(settings: Settings) -> Check:
    try:
        patience = read_patience(settings)
    except PatienceUnreadable as error:
        return Check("Waiting", passed=False, detail=str(error))
    return Check("Waiting", passed=True, detail=f"Alarm after {patience.answer_within.total_seconds() / 60:g} minutes.")


def _check_hours(settings: Settings) -> Check:
    try:
        hours = read_hours(settings)
    except HoursUnreadable as error:
        return Check("Opening hours", passed=False, detail=str(error))
    return Check("Opening hours", passed=True, detail="" if hours.spans else "Always open.")


def _check_keys(settings: Settings) -> Check:
    try:
        keys = keys_of(settings)
    except KeyUnusable as error:
        return Check("Identity", passed=False, detail=str(error))
    if keys and not settings.get("audience"):
        return Check("Identity", passed=False, detail="Set the audience (aud) that your server's tokens name.")
    return Check("Identity", passed=True, detail=f"{len(keys)} live keys." if keys else "Visitors stay anonymous.")
