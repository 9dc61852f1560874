"""A feed as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from goodword.connectors.contract import (
    Capabilities,
    Check,
    Cursor,
    Delivery,
    Field,
    Heard,
    Raw,
    Refused,
    Settings,
    Step,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.feed import checking, listening
from goodword.connectors.feed.hub import Subscription, receive
from goodword.connectors.feed.parse import parse
from goodword.connectors.feed.place import FIELDS, read_place
from goodword.connectors.receiving import NotTaken, Proof, Received, Refusal, Webhook, WebhookRequest


class FeedConnector:
    """One feed: of a blog, a forum, a shop's or an app store's reviews."""

    key = "feed"
    # A hub signs with what it was told when we subscribed, which follows from the address.
    webhook = Webhook(Proof.ADDRESS, methods=("GET", "POST"), is_entered=False)
    label = _("Feed (RSS, Atom, reviews)")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(_("Find the feed of the forum, the blog or the shop: often behind the sign with the waves.")),
        Step(
            _("For reviews in Apple's App Store: with your app's number for ID, and its country for us."),
            copies="https://itunes.apple.com/us/rss/customerreviews/id=ID/sortBy=mostRecent/xml",
        ),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Public, and not answered from here: each entry links to where it stands."""
        return Capabilities(icon="rss")

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return (parse(raw),)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """What is new in it. Raises `Retry` and `Refused`."""
        return listening.listen(read_place(settings), cursor, stop, now, Subscription(settings))

    def receive(self, *, settings: Settings, request: WebhookRequest) -> Received:
        """What a hub tells, where the feed names one. Raises `NotTaken`."""
        try:
            return receive(read_place(settings), settings, request)
        except Refused as error:
            raise NotTaken(Refusal.STRANGE, str(error)) from error

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Fetch it once; keeps nothing."""
        return tuple(checking.check(settings))
