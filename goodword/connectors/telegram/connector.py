"""Telegram as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from goodword.connectors.contract import (
    Capabilities,
    Check,
    Count,
    Cursor,
    Delivery,
    Field,
    Heard,
    Outgoing,
    Raw,
    Receipt,
    Settings,
    Step,
    Uncertain,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.receiving import Received, Webhook, WebhookRequest
from goodword.connectors.telegram import checking, files, listening, receiving, sending
from goodword.connectors.telegram.account import FIELDS, read_account
from goodword.connectors.telegram.parse import parse


class Telegram:
    """A bot of the brand, in chats with customers and in groups."""

    key = "telegram"
    label = _("Telegram")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(_("Open a chat with @BotFather."), address="https://t.me/BotFather"),
        Step(_("Make a bot, and follow what it asks."), copies="/newbot"),
        Step(_("To hear mentions in groups, choose the bot and “Disable”."), copies="/setprivacy"),
        Step(_("Copy the token into the form below, and write something to the bot.")),
    )
    webhook: Webhook = receiving.TOLD

    def capabilities(self, settings: Settings) -> Capabilities:
        """Answers in groups and in private; nothing can be asked for afterwards."""
        return Capabilities(
            can_reply=True,
            can_reply_privately=True,
            authors_proven=True,
            max_length=sending.MAX_TEXT,
            count=Count.UTF16,
            max_attachments=sending.MAX_FILES,
            max_attachment_bytes=sending.MAX_FILE_BYTES,
            icon="send",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return parse(raw)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """By asking; or keep the webhook in place. Raises `Retry` and `Refused`."""
        return listening.listen(read_account(settings), cursor, stop, now)

    def receive(self, *, settings: Settings, request: WebhookRequest) -> Received:
        """One update. Raises `NotTaken`."""
        return receiving.receive(settings, request)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Send a reply. Raises `Refused`, `Retry`, `Uncertain`."""
        return sending.send(read_account(settings), outgoing, now)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Raises `Uncertain`, always."""
        raise Uncertain("Telegram doesn't tell a bot what it wrote: look into the chat before you send it again.")

    def fetch(self, *, settings: Settings, url: str, max_bytes: int) -> bytes:
        """A file that a customer sent. Raises `Refused` and `Retry`."""
        return files.fetch(read_account(settings), url, max_bytes)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Sign in, look at the webhook, show what waits."""
        return list(checking.check(settings))
