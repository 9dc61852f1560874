"""Replies that cost money: the price before they are sent, and what was paid written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.models import Case
from goodword.care.own_text import own_text
from goodword.care.terms import Terms
from goodword.connectors.charging import Charges, Expense, plain_amount
from goodword.connectors.contract import Author, Outgoing, Refused, Retry
from goodword.listen.models import Source
from goodword.listen.purse import SourcePurse, account_of


class BudgetTooSmall(Refused):
    """The month's budget doesn't cover the reply."""

    def __init__(self, currency: str, amount: Decimal) -> None:
        super().__init__(
            _("It would cost %(currency)s %(amount)s, and the budget of this month is spent: raise it under Sources.")
            % {"currency": currency, "amount": plain_amount(amount)}
        )


@dataclass(frozen=True, slots=True)
class ReplyCost:
    """What a reply would cost, before it is sent."""

    currency: str
    amount: Decimal
    left: Decimal | None  # of the month's budget; None: as much as it takes

    @property
    def is_too_much(self) -> bool:
        """Whether the budget doesn't cover it."""
        return self.left is not None and self.amount > self.left


def cost_of_reply(case: Case, terms: Terms, text: str, *, private: bool, now: datetime) -> ReplyCost | None:
    """None where answering costs nothing, and where the price can't be had."""
    connector = terms.source.connector if not terms.refusal else None
    account = account_of(terms.source, now) if isinstance(connector, Charges) else None
    if account is None or not isinstance(connector, Charges):
        return None
    reader = case.identity
    outgoing = Outgoing(
        idempotency_key="",
        text=own_text(text),
        private=terms.becomes_private(private),
        thread=None,
        in_reply_to=terms.heard.external_id if terms.heard else None,
        references=(),
        to=Author(native_id=reader.native_id, handle=reader.handle, name=reader.name, email=reader.email),
    )
    expenses = connector.price_of(
        settings={**terms.source.settings, "learned": terms.source.learned}, outgoing=outgoing
    )
    return ReplyCost(account.prices.currency, _sum(expenses), account.left)


@contextmanager
def paid(source: Source, outgoing: Outgoing, now: Callable[[], datetime]) -> Iterator[None]:
    """Pay for what is sent inside, before it is; what surely wasn't sent is given back. Call it in no transaction.

    Raises `BudgetTooSmall`.
    """
    connector = source.connector
    if not isinstance(connector, Charges):
        yield
        return
    settings = {**source.settings, "learned": source.learned}
    currency = connector.prices(settings).currency
    expenses = connector.price_of(settings=settings, outgoing=outgoing)
    purse = SourcePurse(source, currency, now)
    with transaction.atomic():
        # Several senders at once must not each spend the last of it.
        Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
        left = purse.left()
        if left is not None and _sum(expenses) > left:
            raise BudgetTooSmall(currency, _sum(expenses))
        for expense in expenses:
            purse.spend(expense)
    try:
        yield
    except (Refused, Retry):
        for expense in expenses:
            purse.spend(replace(expense, count=-expense.count))
        raise


def _sum(expenses: Sequence[Expense]) -> Decimal:
    return sum((expense.amount for expense in expenses), Decimal())
