"""Rules for what costs money: known before, written down, and never more than the budget."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from goodword.connectors.charging import (
    MAX_WHAT,
    MONTHLY_BUDGET,
    BudgetSpent,
    Charges,
    ChecksForMoney,
    Expense,
    ListensForMoney,
    Price,
)
from goodword.connectors.contract import Checks, Cursor
from goodword.connectors.contract_suite import listens
from goodword.connectors.contract_suite.subject import Subject, World, must_not_raise, require


@dataclass(slots=True)
class Wallet:
    """A purse for tries: so much at first, and what was spent of it."""

    given: Decimal
    spent: list[Expense] = field(default_factory=list)

    def left(self) -> Decimal | None:
        """What wasn't spent yet."""
        return self.given - sum((each.amount for each in self.spent), Decimal())

    def spend(self, expense: Expense) -> None:
        """Keep it."""
        self.spent.append(expense)


def check_prices(subject: Subject) -> None:
    """The list is known before anything is set, and there is a field for the budget."""
    connector = _charging(subject)
    with must_not_raise("prices are known before anything is set"):
        connector.prices({})
    prices = connector.prices(subject.settings)
    require(prices == connector.prices(subject.settings), "prices are the same each time")
    require(len(prices.currency) == 3 and prices.currency.isupper(), "the currency is a code of ISO 4217")
    lines = (*prices.reading, *prices.answering)
    names = [line.what for line in lines]
    require(len(names) == len(set(names)) > 0, "lines of the price list have names of their own")
    require(all(0 < len(name) <= MAX_WHAT for name in names), f"a line's name has 1 to {MAX_WHAT} characters")
    require(all(line.each.is_finite() and line.each >= 0 for line in lines), "nothing costs less than nothing")
    fields = {each.name: each for each in subject.connector.fields}
    require(fields.get(MONTHLY_BUDGET.name) == MONTHLY_BUDGET, "`MONTHLY_BUDGET` is among the fields")


def check_reply_has_a_price(subject: Subject, world: World) -> None:
    """What a reply costs is known before it is sent, in lines of the list."""
    connector = _charging(subject)
    world.speak(1)
    outgoing = world.reply("key-1")
    expenses = list(connector.price_of(settings=world.settings, outgoing=outgoing))
    require(expenses == list(connector.price_of(settings=world.settings, outgoing=outgoing)), "a price is pure")
    answering = connector.prices(world.settings).answering
    require(all(each.price in answering and each.count > 0 for each in expenses), "a reply costs lines of the list")
    require(bool(expenses) == bool(answering), "where answering costs anything, each reply has a price")


def check_stays_within_budget(subject: Subject, world: World) -> None:
    """Of four posts two can be paid: those are heard, no more is spent, and with more money the others come."""
    connector = _charging(subject)
    if not isinstance(connector, ListensForMoney):
        return
    price = subject.connector.prices(world.settings).reading[0]  # type: ignore[attr-defined]
    said = world.speak(4)
    wallet = Wallet(price.each * 2)
    heard: list[str] = []
    cursor = _read(subject, world, wallet, {}, heard, until=set(said))
    require(_paid(wallet, price) <= 2, f"no more is read than can be paid: {_paid(wallet, price)} of 2")
    require(set(heard) < set(said), "what can't be paid isn't read")
    require(_paid(wallet, price) >= len(heard) > 0, "what is read is paid")
    wallet.given += price.each * 20
    _read(subject, world, wallet, cursor, heard, until=set(said))
    require(set(heard) >= set(said), "when more may be spent, reading goes on where it rested")


def check_test_is_paid(subject: Subject, world: World) -> None:
    """“Test it now” takes nothing from an empty purse, and where it shows what was read, that is paid."""
    connector = _charging(subject)
    if not (isinstance(connector, Checks) and connector.prices(world.settings).reading):
        return
    require(isinstance(connector, ChecksForMoney), "where reading costs anything, there is `check_within`")
    assert isinstance(connector, ChecksForMoney)
    world.speak(2)
    for given in (Decimal(), Decimal(1000)):
        wallet = Wallet(given)
        with must_not_raise("a test raises nothing"):
            lines = connector.check_within(settings=world.settings, now=world.now, purse=wallet)
        heard = [each for line in lines for each in line.heard]
        if given:
            require(not heard or sum(each.amount for each in wallet.spent) > 0, "what a test shows is paid")
        else:
            require(not heard and not wallet.spent, "without money nothing is read")
            require(not all(line.passed for line in lines), "a test that can't be paid says so")


def _read(
    subject: Subject, world: World, wallet: Wallet, cursor: Cursor, heard: list[str], *, until: set[str]
) -> Cursor:
    connector = subject.connector
    assert isinstance(connector, ListensForMoney)
    deadline = time.monotonic() + listens._PATIENCE
    stream = connector.listen_within(
        settings=world.settings,
        cursor=cursor,
        stop=lambda: time.monotonic() > deadline,
        now=world.now,
        purse=wallet,
    )
    try:
        for delivery in stream:
            cursor = delivery.cursor
            heard += [each.native_id for raw in delivery.raws for each in connector.parse(raw, world.settings)]
            if until <= set(heard):
                return cursor
    except BudgetSpent as rest:
        require(rest.after.total_seconds() > 0 and bool(str(rest)), "a rest has an end and a reason")
        return cursor
    require(until <= set(heard), "a budget that is used up ends in BudgetSpent")
    return cursor


def _paid(wallet: Wallet, price: Price) -> int:
    return sum(each.count for each in _of(wallet.spent, price))


def _of(expenses: Sequence[Expense], price: Price) -> list[Expense]:
    return [each for each in expenses if each.price == price]


def _charging(subject: Subject) -> Charges:
    require(isinstance(subject.connector, Charges), f"{subject.connector.key} has prices")
    assert isinstance(subject.connector, Charges)
    return subject.connector
