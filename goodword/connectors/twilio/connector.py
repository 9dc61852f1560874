"""A phone number at Twilio as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from goodword.connectors.charging import Expense, Price, Prices
from goodword.connectors.contract import (
    Capabilities,
    Check,
    Cursor,
    Delivery,
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
from goodword.connectors.receiving import Received, Webhook, WebhookRequest
from goodword.connectors.twilio import checking, files, listening, receiving, sending
from goodword.connectors.twilio.account import FIELDS, price_of_segment, read_account
from goodword.connectors.twilio.parse import parse, reports
from goodword.connectors.twilio.segments import segments


class Twilio:
    """SMS in both directions, and calls that become messages."""

    key = "twilio"
    channel = "phone"  # whoever carries the call: a number is the same person
    label = _("Phone and SMS (Twilio)")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(_("Buy a number with SMS and voice."), address="https://console.twilio.com"),
        Step(_("Copy the account SID, the auth token and the number into the form below.")),
        Step(
            _(
                "Once it is connected, open the number's settings and give it the source's address: as it is under "
                "“A message comes in”, with “voice” behind it under “A call comes in”; both by HTTP POST."
            )
        ),
    )
    webhook: Webhook = receiving.TOLD

    def capabilities(self, settings: Settings) -> Capabilities:
        """Private; 1,600 characters in as many parts as it takes."""
        return Capabilities(
            can_reply=True,
            public=False,
            can_find_sent=True,
            max_length=sending.MAX_TEXT,
            hears_edits=False,
            icon="phone",
        )

    def prices(self, settings: Settings) -> Prices:
        """What an SMS costs depends on the country: the admin says."""
        currency = str(settings.get("currency") or "USD").strip().upper()
        is_code = len(currency) == 3 and currency.isascii() and currency.isalpha()
        return Prices(currency if is_code else "USD", answering=(self._segment(settings),))

    def price_of(self, *, settings: Settings, outgoing: Outgoing) -> Sequence[Expense]:
        """As many parts as the phone network makes of it."""
        return (Expense(self._segment(settings), segments(outgoing.text)),)

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return parse(raw)

    def reports(self, raw: Raw, settings: Settings) -> Sequence[DeliveryReport]:
        """What became of an SMS of ours. Pure; raises `Malformed`."""
        return reports(raw)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """What no webhook told. Raises `Retry` and `Refused`."""
        return listening.listen(read_account(settings), cursor, stop, now)

    def receive(self, *, settings: Settings, request: WebhookRequest) -> Received:
        """SMS, voicemails, transcripts, delivery; and what a caller is to hear. Raises `NotTaken`."""
        return receiving.receive(settings, request)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Send an SMS. Raises `Refused`, `Retry`, `Uncertain`."""
        return sending.send(read_account(settings), outgoing, now)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Look for it among what was sent to the number. Raises `Uncertain`, `Refused`."""
        return sending.find_sent(read_account(settings), outgoing)

    def fetch(self, *, settings: Settings, url: str, max_bytes: int) -> bytes:
        """A picture or a recording. Raises `Refused` and `Retry`."""
        return files.fetch(read_account(settings), url, max_bytes)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Sign in, look at the number, show the last SMS."""
        return list(checking.check(settings))

    @staticmethod
    def _segment(settings: Settings) -> Price:
        return Price(_("a part of an SMS"), price_of_segment(settings))
