"""Make-goods: what a customer is given because we failed them, from a budget."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.care.models.case import Case
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class MakeGoodKind(models.TextChoices):
    """What is given."""

    REFUND = "refund", _("money back")
    CREDIT = "credit", _("credit")
    VOUCHER = "voucher", _("voucher")
    GIFT = "gift", _("gift, or free delivery")


class MakeGoodState(models.TextChoices):
    """How far it is. What is refused or withdrawn costs nothing."""

    WAITING = "waiting", _("waits for a lead")
    APPROVED = "approved", _("to be given")
    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


COSTS = (MakeGoodState.WAITING, MakeGoodState.APPROVED, MakeGoodState.GIVEN)


class MakeGood(Scoped):
    """One line of the ledger."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="make_goods", db_index=False)
    kind = models.CharField(max_length=8, choices=MakeGoodKind.choices)
    amount = models.DecimalField(max_digits=9, decimal_places=2)  # in the budget's currency
    what = models.CharField(_("what"), max_length=200)  # as the customer reads it
    why = models.CharField(_("why"), max_length=300)  # what we failed at
    state = models.CharField(max_length=9, choices=MakeGoodState.choices)
    offered_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    offered_at = models.DateTimeField()
    decided_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    idempotency_key = models.CharField(max_length=80, null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="one_make_good_a_key",
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "-offered_at"], name="make_goods_by_time"),
            models.Index(fields=["workspace", "case"], name="make_goods_of_case"),
        ]

    def __str__(self) -> str:
        return f"make-good {self.pk}"


class MakeGoodBudget(Scoped):
    """What may be given in a month, and up to what amount without asking a lead."""

    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    a_month = models.DecimalField(max_digits=11, decimal_places=2, default=Decimal(500))
    without_asking = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(20))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="one_budget_of_make_goods")]

    def __str__(self) -> str:
        return f"{self.a_month} {self.currency} a month"
