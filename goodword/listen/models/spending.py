"""What networks were paid."""

from __future__ import annotations

from django.db import models

from goodword.listen.models.source import Source
from goodword.staff.models import Scoped, ScopedQuerySet


class Spending(Scoped):
    """How many of one line of a network's price list a source took in a month, and what that cost."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="spendings", db_index=False)
    month = models.DateField()  # its first day, in UTC
    what = models.CharField(max_length=60)  # as the price list names it
    currency = models.CharField(max_length=3)
    count = models.BigIntegerField()
    amount = models.DecimalField(max_digits=16, decimal_places=6)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "month", "what", "currency"], name="one_spending_a_month_and_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.what} for {self.amount} {self.currency}"
