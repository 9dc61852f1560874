"""Reddit as a connector."""

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
    Outgoing,
    Raw,
    Receipt,
    Settings,
    Step,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.reddit import checking, listening, sending
from goodword.connectors.reddit.parse import parse
from goodword.connectors.reddit.place import FIELDS, read_place

_MOST_CHARACTERS = 10_000  # of a comment


class Reddit:
    """Subreddits and searches, heard as an application."""

    key = "reddit"
    label = _("Reddit")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(
            _("Sign in as the account that is to answer, and make an application of the type “script”."),
            address="https://www.reddit.com/prefs/apps",
        ),
        Step(_("Any name will do. As its redirect address take this one; it isn't used."), copies="http://localhost"),
        Step(_("For business Reddit wants to be asked first, and may want to be paid: see its terms of the data API.")),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Answered where there is an account for it."""
        can_reply = bool(settings.get("username"))
        return Capabilities(
            can_reply=can_reply,
            can_find_sent=can_reply,
            authors_proven=True,
            max_length=_MOST_CHARACTERS,
            icon="messages-square",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return (parse(raw),)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """Subreddits, searches, and what answers us. Raises `Retry` and `Refused`."""
        return listening.listen(read_place(settings), cursor, stop, now)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Comment once. Raises `Refused`, `Retry`, `Uncertain`."""
        return sending.send(read_place(settings), outgoing)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Look for it among our own comments. Raises `Uncertain`, `Refused`."""
        return sending.find_sent(read_place(settings), outgoing)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Sign in and look; posts nothing."""
        return tuple(checking.check(settings))
