"""What "test it now" costs before there is a source: kept with whoever tries, and booked once it is connected."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from goodword.connectors.charging import MONTHLY_BUDGET, Charges, Expense, month_of
from goodword.connectors.contract import Connector, Settings
from goodword.listen.models import Source
from goodword.listen.spend import spend

_KEPT_AS = "spent on trying"  # in the session: by connector and month, how many of each line of the price list

Session = MutableMapping[str, Any]


class TrialPurse:
    """The purse of settings that are tried (`goodword.connectors.charging.Purse`): as much as the form allows."""

    def __init__(self, session: Session, connector: Connector, settings: Settings, now: Callable[[], datetime]) -> None:
        self._session, self._connector, self._settings, self._now = session, connector, settings, now

    def left(self) -> Decimal | None:
        """Of the budget that is typed; what can't be read allows nothing."""
        typed = str(self._settings.get(MONTHLY_BUDGET.name) or "")
        try:
            budget = Decimal(typed) if typed else None
        except InvalidOperation:
            return Decimal()
        return None if budget is None else max(budget - self._spent(), Decimal())

    def spend(self, expense: Expense) -> None:
        """Keep it in the session."""
        name = _name(self._connector, self._now())
        kept = dict(self._session.get(_KEPT_AS) or {})
        counts = dict(kept.get(name) or {})
        counts[expense.price.what] = counts.get(expense.price.what, 0) + expense.count
        self._session[_KEPT_AS] = {**kept, name: counts}

    def _spent(self) -> Decimal:
        kept = _kept(self._session, self._connector, self._settings, self._now())
        return sum((each.amount for each in kept), Decimal())


def book_trials(*, session: Session, source: Source, now: datetime) -> None:
    """What was spent on trying counts as the new source's own."""
    settings, connector = {**source.settings, "learned": source.learned}, source.connector
    if not isinstance(connector, Charges):
        return
    for expense in _kept(session, connector, settings, now):
        spend(source=source, currency=connector.prices(settings).currency, expense=expense, now=now)
    kept = dict(session.get(_KEPT_AS) or {})
    if kept.pop(_name(connector, now), None):
        session[_KEPT_AS] = kept


def _kept(session: Session, connector: Connector, settings: Settings, now: datetime) -> list[Expense]:
    if not isinstance(connector, Charges):
        return []
    prices = connector.prices(settings)
    lines = {price.what: price for price in (*prices.reading, *prices.answering)}
    counts = (session.get(_KEPT_AS) or {}).get(_name(connector, now)) or {}
    return [Expense(lines[what], count) for what, count in counts.items() if what in lines]


def _name(connector: Connector, now: datetime) -> str:
    return f"{connector.key} {month_of(now):%Y-%m}"
