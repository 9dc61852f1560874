"""Mastodon as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from goodword.connectors.authorizing import Attempt, Departure
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
from goodword.connectors.mastodon import checking, listening, sending, signing_in
from goodword.connectors.mastodon.instance import capabilities
from goodword.connectors.mastodon.parse import parse
from goodword.connectors.mastodon.place import FIELDS, read_place


class Mastodon:
    """An account of the brand on an instance of Mastodon, or of what speaks its API."""

    key = "mastodon"
    label = _("Mastodon")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(_("Type your instance's address below and sign in there, as the account that answers for the brand.")),
        Step(
            _("Or, to paste a token: under Preferences, Development, make a new application; it needs no website."),
            address="{instance}/settings/applications/new",
        ),
        Step(
            _("Let it read and write: these scopes, and no others."),
            copies="read:accounts read:notifications read:search read:statuses write:media write:statuses",
        ),
        Step(_("Open the application and copy “Your access token” into the form below.")),
    )

    obtains: Sequence[str] = ("token", "grant")

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

    def depart(self, *, settings: Settings, attempt: Attempt) -> Departure:
        """Make an application there. Raises `Refused` and `Retry`."""
        return signing_in.depart(settings, attempt)

    def arrive(
        self, *, settings: Settings, attempt: Attempt, kept: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """The token for the code. Raises `Refused` and `Retry`."""
        return signing_in.arrive(settings, attempt, kept, query)

    def renew(self, *, settings: Settings, now: datetime) -> Mapping[str, str] | None:
        """Another token before this one ends, where tokens end. Raises `Refused` and `Retry`."""
        return signing_in.renew(settings, now)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Sign in, look at the timelines, open the stream; posts nothing."""
        return tuple(checking.check(settings))
