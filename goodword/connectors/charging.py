"""What a network charges: a part of the contract, for connectors whose network takes money for reading or answering.

The price of a call is known before it is made. The house keeps what was spent, by source and month. An admin sets a
budget (`MONTHLY_BUDGET` among the connector's fields): where it is used up, reading rests until the next month or until
the budget is raised, the ledger of gaps says so, and no reply goes out that isn't covered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Protocol, runtime_checkable

from goodword.connectors.contract import (
    Check,
    Cursor,
    Delivery,
    Field,
    FieldKind,
    Listens,
    Outgoing,
    Receipt,
    Retry,
    Settings,
    gettext_noop,
)

MAX_WHAT = 60  # characters

# A field of every connector that charges.
MONTHLY_BUDGET = Field(
    "monthly_budget",
    gettext_noop("At most in a month"),
    help=gettext_noop("What may be spent there, in the network's currency. Empty: as much as it takes."),
    required=False,
    kind=FieldKind.NUMBER,
    minimum=0,
)


@dataclass(frozen=True, slots=True)
class Price:
    """What one of something costs. `what` is marked with `gettext_noop`: "a post read", "a reply with a link"."""

    what: str
    each: Decimal


@dataclass(frozen=True, slots=True)
class Prices:
    """A network's price list, as far as we meet it."""

    currency: str  # ISO 4217
    reading: tuple[Price, ...] = ()
    answering: tuple[Price, ...] = ()

    def of(self, what: str) -> Price:
        """The line of this name. Raises `KeyError`."""
        return {price.what: price for price in (*self.reading, *self.answering)}[what]


@dataclass(frozen=True, slots=True)
class Expense:
    """So many of one line of the price list."""

    price: Price
    count: int = 1

    @property
    def amount(self) -> Decimal:
        """In the list's currency."""
        return self.price.each * self.count


class BudgetSpent(Retry):
    """What may be spent this month is spent: reading goes on with the next month, or when more may be spent."""

    def __init__(self, reason: str, *, now: datetime) -> None:
        super().__init__(reason, after=max(next_month(now) - now, timedelta(seconds=1)))


class Purse(Protocol):
    """What a source may still spend; one purse for reading and answering."""

    def left(self) -> Decimal | None:
        """What may still be spent this month; None: as much as it takes."""
        ...

    def spend(self, expense: Expense) -> None:
        """Write down, at once, what a call cost. Raises nothing: what is spent is spent."""
        ...


@runtime_checkable
class Charges(Protocol):
    """A connector of a network that takes money. `MONTHLY_BUDGET` is among its fields."""

    def prices(self, settings: Settings) -> Prices:
        """Pure; known before anything is set."""
        ...

    def price_of(self, *, settings: Settings, outgoing: Outgoing) -> Sequence[Expense]:
        """Pure: what sending this costs, in lines of `Prices.answering`."""
        ...


@runtime_checkable
class ListensForMoney(Charges, Listens, Protocol):
    """A connector whose network charges for what we go and get. The house calls this in the place of `listen`."""

    def listen_within(
        self,
        *,
        settings: Settings,
        cursor: Cursor,
        stop: Callable[[], bool],
        now: Callable[[], datetime],
        purse: Purse,
    ) -> Iterator[Delivery]:
        """As `listen`: asks for no more than `affordable` says, and tells the purse right after each call."""
        ...


@runtime_checkable
class FindsForMoney(Charges, Protocol):
    """A connector whose network charges for looking whether a reply arrived. The house calls this for `find_sent`."""

    def find_sent_within(
        self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime], purse: Purse
    ) -> Receipt | None:
        """As `find_sent`; raises `BudgetSpent` where the money doesn't cover it."""
        ...


@runtime_checkable
class ChecksForMoney(Charges, Protocol):
    """A connector whose network charges for "test it now" as well. The house calls this for `check`."""

    def check_within(self, *, settings: Settings, now: Callable[[], datetime], purse: Purse) -> Sequence[Check]:
        """As `check`, and tells the purse right after each call. What money doesn't cover is a line that says so."""
        ...


class Bottomless:
    """A purse without a budget, which keeps nothing: for trying a connector out."""

    def left(self) -> Decimal | None:
        """As much as it takes."""
        return None

    def spend(self, expense: Expense) -> None:
        """Kept nowhere."""


def affordable(purse: Purse, price: Price, wanted: int, *, now: datetime) -> int:
    """How many of something may be asked for, 1 to `wanted`. Raises `BudgetSpent` where not even one may."""
    left = purse.left()
    if left is None or price.each <= 0:
        return wanted
    count = min(wanted, int(left // price.each)) if left > 0 else 0
    if count < 1:
        raise BudgetSpent("The budget of this month is spent.", now=now)
    return count


def month_of(at: datetime) -> datetime:
    """The beginning of the month, in UTC, by which networks bill."""
    return at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def next_month(at: datetime) -> datetime:
    """The beginning of the month after."""
    return month_of(month_of(at) + timedelta(days=32))


def plain_amount(amount: Decimal) -> str:
    """Without zeros at the end, but with whole cents: 0.0150 is 0.015, 5 is 5.00."""
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents:f}" if cents == amount else f"{amount.normalize():f}"
