"""Money: how much may be asked for, by which month it counts; and the suite's rules, with a planted fault for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.charging import (
    Bottomless,
    BudgetSpent,
    Expense,
    Price,
    Prices,
    Purse,
    affordable,
    month_of,
    next_month,
    plain_amount,
)
from goodword.connectors.contract import Check, Field, Outgoing, Settings
from goodword.connectors.contract_suite import ContractBroken, Subject, charges, listens
from goodword.connectors.contract_suite.charges import Wallet
from tests.connectors.paid_network import AT, READ, REPLY, Paid, PaidWorld

MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CENTS = st.decimals(min_value=0, max_value=100, places=4)


@given(left=CENTS, each=CENTS, wanted=st.integers(1, 500))
def test_no_more_is_asked_for_than_can_be_paid(left: Decimal, each: Decimal, wanted: int) -> None:
    price = Price("a post read", each)
    try:
        count = affordable(Wallet(left), price, wanted, now=AT)
    except BudgetSpent as rest:
        assert each > left
        assert AT + rest.after == datetime(2026, 4, 1, tzinfo=UTC)
    else:
        assert 1 <= count <= wanted
        assert each * count <= left or each == 0
        assert count == wanted or each * (count + 1) > left


@given(at=MOMENTS)
def test_a_month_ends_where_the_next_begins(at: datetime) -> None:
    assert month_of(at) <= at < next_month(at)
    assert month_of(next_month(at) - timedelta(microseconds=1)) == month_of(at)
    assert next_month(at).day == 1


@pytest.mark.parametrize(
    ("amount", "shown"), [("0.0150", "0.015"), ("5", "5.00"), ("0.20", "0.20"), ("12.34", "12.34"), ("0", "0.00")]
)
def test_an_amount_is_shown_without_needless_zeros(amount: str, shown: str) -> None:
    assert plain_amount(Decimal(amount)) == shown


class NoBudgetField(Paid):
    fields: Sequence[Field] = ()


class NoCurrency(Paid):
    def prices(self, settings: Settings) -> Prices:
        return Prices("$", reading=(READ,), answering=(REPLY,))


class PricesNeedSettings(Paid):
    def prices(self, settings: Settings) -> Prices:
        return Prices(settings["currency"], reading=(READ,), answering=(REPLY,))


class GivesMoney(Paid):
    def prices(self, settings: Settings) -> Prices:
        return Prices("USD", reading=(Price("a post read", Decimal(-1)),), answering=(REPLY,))


class AnswersForNothing(Paid):
    def price_of(self, *, settings: Settings, outgoing: Outgoing) -> Sequence[Expense]:
        return ()


class AnotherPriceEachTime(Paid):
    count = 0

    def price_of(self, *, settings: Settings, outgoing: Outgoing) -> Sequence[Expense]:
        self.count += 1
        return (Expense(REPLY, self.count),)


class PriceOfNoList(Paid):
    def price_of(self, *, settings: Settings, outgoing: Outgoing) -> Sequence[Expense]:
        return (Expense(Price("a favour", Decimal(1))),)


class ReadsBeyond(Paid):
    def most(self, purse: Purse, now: datetime) -> int:
        return 100


class PaysNothing(Paid):
    def pay(self, purse: Purse, count: int) -> None:
        return


class PaysForOne(Paid):
    def pay(self, purse: Purse, count: int) -> None:
        super().pay(purse, min(count, 1))


class Quiet(Paid):
    """Waits for ever, as if nobody said anything, once the money is gone."""

    def most(self, purse: Purse, now: datetime) -> int:
        try:
            return super().most(purse, now)
        except BudgetSpent:
            return 0


class TriedForNothing(Paid):
    def check_within(self, *, settings: Settings, now: Callable[[], datetime], purse: Purse) -> Sequence[Check]:
        return super().check_within(settings=settings, now=now, purse=Bottomless())


class SaysAllIsWell(Paid):
    def check_within(self, *, settings: Settings, now: Callable[[], datetime], purse: Purse) -> Sequence[Check]:
        lines = super().check_within(settings=settings, now=now, purse=purse)
        return tuple(replace(line, passed=True) for line in lines)


RULES: dict[str, Callable[[Subject, PaidWorld], None]] = {
    "prices": lambda subject, world: charges.check_prices(subject),
    "a reply has a price": charges.check_reply_has_a_price,
    "a test is paid": charges.check_test_is_paid,
    "stays within the budget": charges.check_stays_within_budget,
}
PLANTED: list[tuple[str, type[Paid]]] = [
    ("prices", NoBudgetField),
    ("prices", NoCurrency),
    ("prices", PricesNeedSettings),
    ("prices", GivesMoney),
    ("a reply has a price", AnswersForNothing),
    ("a reply has a price", AnotherPriceEachTime),
    ("a reply has a price", PriceOfNoList),
    ("a test is paid", TriedForNothing),
    ("a test is paid", SaysAllIsWell),
    ("stays within the budget", ReadsBeyond),
    ("stays within the budget", PaysNothing),
    ("stays within the budget", PaysForOne),
    ("stays within the budget", Quiet),
]


def _try(rule: str, kind: type[Paid], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listens, "_PATIENCE", 0.3)
    world = PaidWorld()
    RULES[rule](Subject(kind(world), {"currency": "USD"}, recorded=[], world=world), world)


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_connector_passes(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _try(rule, Paid, monkeypatch)


@pytest.mark.parametrize(("rule", "kind"), PLANTED, ids=lambda each: each if isinstance(each, str) else each.__name__)
def test_a_planted_fault_is_found(rule: str, kind: type[Paid], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ContractBroken):
        _try(rule, kind, monkeypatch)


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, _ in PLANTED} == set(RULES)
