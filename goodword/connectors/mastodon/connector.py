"""Mastodon as a connector."""

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
    Interest,
    Outgoing,
    Raw,
    Receipt,
    Settings,
    Step,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.mastodon import checking, listening, sending
from goodword.connectors.mastodon.instance import capabilities
from goodword.connectors.mastodon.parse import parse
from goodword.connectors.mastodon.place import FIELDS, read_place


class Mastodon:
    """An account of the brand on an instance of Mastodon, or of what speaks its API."""

    key = "mastodon"
    label = _("Mastodon")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(_("Sign in on your instance as the account that answers for the brand.")),
        Step(
            _("Under Preferences, Development, make a new application. Any name will do; it needs no website."),
            address="{instance}/settings/applications/new",
        ),
        Step(
            _("Let it read and write: these scopes, and no others."),
            copies="read:accounts read:notifications read:search read:statuses write:media write:statuses",
        ),
        Step(_("Open the application and copy “Your access token” into the form below.")),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Public and private replies, with the instance's own limits."""
        return capabilities(settings)

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return (parse(raw),)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """Mentions, own posts, hashtags, searches. Raises `Retry` and `Refused`."""
        return listening.listen(read_place(settings), cursor, stop, now)

    def overhear(
        self,
        *,
        settings: Settings,
        cursor: Cursor,
        stop: Callable[[], bool],
        now: Callable[[], datetime],
        interest: Interest,
    ) -> Iterator[Delivery]:
        """As `listen`, and what is wanted of everything public, where the settings say so."""
        return listening.listen(read_place(settings), cursor, stop, now, interest)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Post a reply once. Raises `Refused`, `Retry`, `Uncertain`."""
        return sending.send(read_place(settings), outgoing, now)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Look for it among our own posts. Raises `Uncertain`, `Refused`."""
        return sending.find_sent(read_place(settings), outgoing)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Sign in, look at the timelines, open the stream; posts nothing."""
        return tuple(checking.check(settings))
