"""Write down what a network is paid, by source and month."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from goodword.connectors.charging import Expense, month_of
from goodword.listen.models import Source, Spending


@transaction.atomic
def spend(*, source: Source, currency: str, expense: Expense, now: datetime) -> None:
    """Add to what this month cost; an expense of less than none gives back what wasn't taken after all."""
    row, _made = Spending.objects.get_or_create(
        source=source,
        month=month_of(now).date(),
        what=expense.price.what,
        currency=currency,
        defaults={"workspace_id": source.workspace_id, "count": 0, "amount": 0},
    )
    Spending.objects.filter(pk=row.pk).update(count=F("count") + expense.count, amount=F("amount") + expense.amount)
