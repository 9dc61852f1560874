"""X as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from goodword.connectors.charging import Bottomless, Expense, Prices, Purse
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
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.x import checking, listening, prices, sending
from goodword.connectors.x.account import FIELDS, read_account
from goodword.connectors.x.parse import parse

_LONGEST = 280  # https://docs.x.com/fundamentals/counting-characters


class X:
    """The brand's account on X, by an app that pays for what it reads and writes."""

    key = "x"
    label = _("X")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(
            _("Sign in as the brand's account, make a project with an app, and buy credits."),
            address="https://console.x.com",
        ),
        Step(_("Under “User authentication settings” let the app read and write.")),
        Step(
            _("Under “Keys and tokens” make all of them, the access token last, since it keeps what was allowed then.")
        ),
        Step(_("Copy them into the form below, and say what may be spent in a month.")),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Public answers of 280, weighted."""
        return Capabilities(
            can_reply=True,
            can_find_sent=True,
            authors_proven=True,
            max_length=_LONGEST,
            count=Count.WEIGHTED,
            icon="at-sign",
        )

    def prices(self, settings: Settings) -> Prices:
        """As X lists them."""
        return prices.PRICES

    def price_of(self, *, settings: Settings, outgoing: Outgoing) -> Sequence[Expense]:
        """With a link it is thirteen times as dear."""
        return prices.price_of(outgoing)

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return (parse(raw),)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """As `listen_within`, with as much money as it takes."""
        return self.listen_within(settings=settings, cursor=cursor, stop=stop, now=now, purse=Bottomless())

    def listen_within(
        self,
        *,
        settings: Settings,
        cursor: Cursor,
        stop: Callable[[], bool],
        now: Callable[[], datetime],
        purse: Purse,
    ) -> Iterator[Delivery]:
        """Mentions, what is searched for, deletions. Raises `Retry` and `Refused`."""
        return listening.listen(read_account(settings), cursor, stop, now, purse)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Post a reply. Raises `Refused`, `Retry`, `Uncertain`."""
        return sending.send(read_account(settings), outgoing, now)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Look for it among our own posts. Raises `Uncertain`, `Refused`."""
        return self.find_sent_within(
            settings=settings, outgoing=outgoing, now=lambda: datetime.now(UTC), purse=Bottomless()
        )

    def find_sent_within(
        self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime], purse: Purse
    ) -> Receipt | None:
        """The same, for the money that is left. Raises `BudgetSpent`, too."""
        return sending.find_sent(read_account(settings), outgoing, purse, now)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """As `check_within`, with as much money as it takes."""
        return self.check_within(settings=settings, now=lambda: datetime.now(UTC), purse=Bottomless())

    def check_within(self, *, settings: Settings, now: Callable[[], datetime], purse: Purse) -> Sequence[Check]:
        """Sign in, read the newest mentions, for the money that is left."""
        return list(checking.check(settings, purse, now))
