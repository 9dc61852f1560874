"""A Facebook Page with its Instagram account as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

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
from goodword.connectors.meta import checking, listening, receiving, sending
from goodword.connectors.meta.page import FIELDS, read_page
from goodword.connectors.meta.parse import parse, reports
from goodword.connectors.receiving import Received, Webhook, WebhookRequest

# https://developers.facebook.com/docs/messenger-platform/policy/policy-overview
_WINDOW = timedelta(hours=24)
_HUMAN_AGENT = timedelta(days=7)
_PRIVATE_REPLY = timedelta(days=7)


class MetaPage:
    """Comments and messages of a Page, and of the Instagram account that belongs to it."""

    key = "meta"
    label = _("Facebook Page and Instagram")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(
            _("Make an app of the type “Business”, with Messenger, Instagram and Webhooks."),
            address="https://developers.facebook.com/apps",
        ),
        Step(
            _("In the business's settings make a system user with the Page, and a token with these permissions."),
            copies=(
                "pages_manage_engagement pages_manage_metadata pages_messaging pages_read_engagement "
                "pages_read_user_content instagram_basic instagram_manage_comments instagram_manage_messages"
            ),
        ),
        Step(_("Copy the Page's ID, its token and the app's secret into the form below.")),
        Step(
            _(
                "Once it is connected, give the source's address and the verify token to the app: under Webhooks, for "
                "“Page” with these fields, and for “Instagram” with comments and messages."
            ),
            copies="feed messages message_echoes message_deliveries message_edits",
        ),
    )
    webhook: Webhook = receiving.TOLD

    def capabilities(self, settings: Settings) -> Capabilities:
        """Public comments at any time; messages for 24 hours, or seven days where people may; see the windows."""
        return Capabilities(
            can_reply=True,
            can_reply_privately=True,
            can_find_sent=True,
            authors_proven=True,
            max_length=sending.MAX_TEXT,
            private_window=_HUMAN_AGENT if settings.get("human_agent") == "yes" else _WINDOW,
            first_private_window=_PRIVATE_REPLY,
            icon="thumbs-up",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return parse(raw)

    def reports(self, raw: Raw, settings: Settings) -> Sequence[DeliveryReport]:
        """What became of messages of ours. Pure; raises `Malformed`."""
        return reports(raw)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """What no webhook told. Raises `Retry` and `Refused`."""
        return listening.listen(read_page(settings), cursor, stop, now)

    def receive(self, *, settings: Settings, request: WebhookRequest) -> Received:
        """Comments, messages, edits, deletions, deliveries. Raises `NotTaken`."""
        return receiving.receive(settings, request)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Comment, or send a message. Raises `Refused`, `Retry`, `Uncertain`."""
        return sending.send(read_page(settings), outgoing, now)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Look for it below the comment, or in the conversation. Raises `Uncertain`, `Refused`."""
        return sending.find_sent(read_page(settings), outgoing)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Look at the Page and at what was said last."""
        return list(checking.check(settings))
