"""A signed webhook as a connector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from goodword.connectors.contract import (
    Capabilities,
    Check,
    Field,
    Heard,
    Outgoing,
    Raw,
    Receipt,
    Settings,
    Step,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.delivery_reports import DeliveryReport
from goodword.connectors.mapping.payload import Unreadable, read_payload
from goodword.connectors.receiving import NotTaken, Proof, Received, Refusal, Webhook, WebhookReply, WebhookRequest
from goodword.connectors.storable import fingerprint
from goodword.connectors.webhook import checking, sending, subscribing
from goodword.connectors.webhook.parse import kind_of, parse, reports
from goodword.connectors.webhook.place import FIELDS, secret_of
from goodword.connectors.webhook.signature import WINDOW, proven_id


class SignedWebhook:
    """Another system that calls us, and that we may call."""

    key = "webhook"
    label = _("Webhook (any system, a form, a shop)")
    fields: Sequence[Field] = FIELDS
    webhook = Webhook(Proof.SIGNATURE, replay_window=WINDOW)
    steps: Sequence[Step] = (
        Step(
            _("In the other system, make a webhook that is signed by Standard Webhooks, and copy its secret."),
            address="https://www.standardwebhooks.com/",
        ),
        Step(_("Connect. The source's page then shows the address to enter there, unless it takes subscriptions.")),
        Step(
            _("Have it send something. Under Settings you see it with its paths: enter those of the text, the author…")
        ),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Answered where the other system has an address for it."""
        can_reply = bool(settings.get("reply_address"))
        is_private = settings.get("private") == "yes"
        return Capabilities(
            can_reply=can_reply,
            can_reply_privately=can_reply and is_private,
            can_find_sent=can_reply and settings.get("can_ask") == "yes",
            public=not is_private,
            icon="radio",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return parse(raw, settings)

    def reports(self, raw: Raw, settings: Settings) -> Sequence[DeliveryReport]:
        """What the other system tells of an answer. Raises `Malformed`."""
        return reports(raw)

    def receive(self, *, settings: Settings, request: WebhookRequest) -> Received:
        """The payload as it is; paths may be mended later, and it is understood again. Raises `NotTaken`."""
        said_id = proven_id(request, secret_of(settings))
        kind = request.headers.get("content-type", "")
        try:
            read_payload(request.body, kind)
        except Unreadable as error:
            raise NotTaken(Refusal.MALFORMED, str(error)[:200]) from error
        # An id that a careless sender uses twice for different words must not make the second ones unheard.
        delivery_id = f"hook/{fingerprint(said_id.encode())}/{fingerprint(request.body)}"
        raw = Raw(delivery_id, request.body, kind_of(kind, request.at))
        return Received((raw,), WebhookReply(body=b"ok"))

    def subscribes(self, settings: Settings) -> bool:
        """Where there is an address for it."""
        return bool(settings.get("subscribe_address"))

    def subscribe(self, *, settings: Settings) -> None:
        """Post our address where that is taken. Raises `Refused` and `Retry`."""
        subscribing.subscribe(settings, lambda: datetime.now(UTC))

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Post it, signed. Raises `Refused`, `Retry`, `Uncertain`."""
        return sending.send(settings, outgoing, now)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Ask for it by its id. Raises `Uncertain`, `Refused`."""
        return sending.find_sent(settings, outgoing, lambda: datetime.now(UTC))

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Try the paths on the last payload; posts nothing."""
        return tuple(checking.check(settings))
