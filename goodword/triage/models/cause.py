"""The taxonomy of causes: where in the business something goes wrong (area), and what (cause)."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Scoped, ScopedQuerySet


class Audience(models.TextChoices):
    """Who in the company is told of what customers complain about."""

    PRODUCT = "product", _("Product")
    SERVICE = "service", _("Service")
    SALES = "sales", _("Sales")
    MARKETING = "marketing", _("Marketing")
    PR = "pr", _("PR")


class Area(Scoped):
    """A part of the business, and whose it is."""

    name = models.CharField(_("area"), max_length=60)
    audiences = ArrayField(models.CharField(max_length=10, choices=Audience.choices), default=list)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="one_area_of_a_name")]

    def __str__(self) -> str:
        return self.name


class CauseQuerySet(ScopedQuerySet["Cause"]):
    """Questions to causes."""

    def in_use(self) -> Self:
        """Those that a case can be given."""
        return self.filter(retired_at=None)

    def in_order(self) -> Self:
        """By area, then by name."""
        return self.select_related("area").order_by("area__name", "name")


class Cause(Scoped):
    """What went wrong within an area. One that is retired stays on the cases that have it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="causes")
    name = models.CharField(_("cause"), max_length=80)
    retired_at = models.DateTimeField(null=True)
    objects = CauseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "area", Lower("name"), name="one_cause_of_a_name")]

    def __str__(self) -> str:
        return f"{self.area} › {self.name}"
