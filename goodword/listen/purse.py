"""What a source may spend this month, and what it spent so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db.models import Sum

from goodword.connectors.charging import MONTHLY_BUDGET, Bottomless, Charges, Expense, Prices, Purse, month_of
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.listen.models import Source, Spending
from goodword.listen.spend import spend


@dataclass(frozen=True, slots=True)
class Account:
    """The month of a source whose network takes money."""

    prices: Prices
    spent: Decimal
    budget: Decimal | None  # None: as much as it takes
    lines: Sequence[Spending]

    @property
    def left(self) -> Decimal | None:
        """What may still be spent; None: as much as it takes."""
        return None if self.budget is None else max(self.budget - self.spent, Decimal())

    @property
    def is_spent(self) -> bool:
        """Whether nothing more can be read or sent, at the lowest price."""
        prices = [line.each for line in (*self.prices.reading, *self.prices.answering)]
        return self.left is not None and self.left < min(prices, default=Decimal())


class SourcePurse:
    """The purse of one source (`goodword.connectors.charging.Purse`)."""

    def __init__(self, source: Source, currency: str, now: Callable[[], datetime]) -> None:
        self._source, self._currency, self._now = source, currency, now

    @classmethod
    def of(cls, source: Source, now: Callable[[], datetime]) -> Purse:
        """In its network's currency; of a network that takes no money, one that is never asked."""
        charging = _charging(source)
        if charging is None:
            return Bottomless()
        return cls(source, charging.prices({**source.settings, "learned": source.learned}).currency, now)

    def left(self) -> Decimal | None:
        """What may still be spent this month; None: as much as it takes."""
        budget = budget_of(self._source)
        return None if budget is None else max(budget - _spent(self._source, self._now()), Decimal())

    def spend(self, expense: Expense) -> None:
        """Write down, at once, what a call cost."""
        spend(source=self._source, currency=self._currency, expense=expense, now=self._now())


def account_of(source: Source, now: datetime) -> Account | None:
    """None where the network takes no money, or its connector can't be had."""
    return accounts_of([source], now).get(source.pk)


def accounts_of(sources: Iterable[Source], now: datetime) -> dict[int, Account]:
    """By the source's id, of those whose networks take money."""
    paid = {source: connector for source in sources if (connector := _charging(source)) is not None}
    if not paid:
        return {}
    lines: dict[int, list[Spending]] = defaultdict(list)
    for line in Spending.objects.filter(source__in=paid, month=month_of(now).date()).order_by("what"):
        lines[line.source_id].append(line)
    return {
        source.pk: Account(
            prices=connector.prices({**source.settings, "learned": source.learned}),
            spent=sum((line.amount for line in lines[source.pk]), Decimal()),
            budget=budget_of(source),
            lines=[line for line in lines[source.pk] if line.amount > 0],
        )
        for source, connector in paid.items()
    }


def _charging(source: Source) -> Charges | None:
    try:
        connector = source.connector
    except (UnknownConnector, BrokenConnector):
        return None
    return connector if isinstance(connector, Charges) else None


def budget_of(source: Source) -> Decimal | None:
    """What an admin allows in a month; None where nothing is set. What can't be read allows nothing."""
    set_to = str(source.settings.get(MONTHLY_BUDGET.name) or "")
    try:
        return Decimal(set_to) if set_to else None
    except InvalidOperation:
        return Decimal()


def _spent(source: Source, now: datetime) -> Decimal:
    rows = Spending.objects.filter(source=source, month=month_of(now).date())
    return rows.aggregate(all=Sum("amount"))["all"] or Decimal()
