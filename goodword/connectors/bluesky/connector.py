"""Bluesky as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from goodword.connectors.bluesky import posting
from goodword.connectors.bluesky.account import FIELDS, read_account
from goodword.connectors.bluesky.checking import check
from goodword.connectors.bluesky.listening import listen
from goodword.connectors.bluesky.parse import parse
from goodword.connectors.bluesky.session import Session
from goodword.connectors.bluesky.sifting import NoInterest
from goodword.connectors.contract import (
    Capabilities,
    Check,
    Count,
    Cursor,
    Delivery,
    Field,
    Heard,
    Interest,
    Outgoing,
    Raw,
    Receipt,
    Retry,
    Settings,
    Step,
    Uncertain,
)
from goodword.connectors.contract import gettext_noop as _


class Bluesky:
    """The brand's account on the AT network."""

    key = "bluesky"
    label = _("Bluesky")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(_("Sign in at Bluesky as the account that answers for the brand.")),
        Step(
            _("Make an app password: any name will do, and it needs no access to direct messages."),
            address="https://bsky.app/settings/app-passwords",
        ),
        Step(_("Copy it into the form below; Bluesky shows it once.")),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Public, 300 characters as people count them, four pictures."""
        return Capabilities(
            can_reply=True,
            can_find_sent=True,
            authors_proven=True,
            max_length=posting.MOST_GRAPHEMES,
            count=Count.GRAPHEMES,
            max_attachments=posting.MOST_IMAGES,
            max_attachment_bytes=posting.IMAGE_BYTES,
            attachment_types=posting.IMAGE_TYPES,
            icon="at-sign",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return parse(raw, settings)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """What the account says or is told. Raises `Retry`, `Refused`."""
        return listen(read_account(settings), cursor, stop, now, NoInterest())

    def overhear(
        self,
        *,
        settings: Settings,
        cursor: Cursor,
        stop: Callable[[], bool],
        now: Callable[[], datetime],
        interest: Interest,
    ) -> Iterator[Delivery]:
        """Also what a search matches, anywhere on the network. Raises `Retry`, `Refused`."""
        return listen(read_account(settings), cursor, stop, now, interest)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Reply once. Raises `Refused`, `Retry`, `Uncertain`."""
        with Session(read_account(settings), now) as session:
            return posting.post_reply(session, outgoing, now)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Look for the record that this reply always becomes. Raises `Uncertain`, `Refused`."""
        try:
            with Session(read_account(settings), _now) as session:
                return posting.find_reply(session, outgoing)
        except Retry as error:
            raise Uncertain(f"Bluesky can't be asked whether the reply arrived. {error}") from error

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Sign in, and open the stream; posts nothing."""
        return tuple(check(settings))


def _now() -> datetime:
    return datetime.now(UTC)
