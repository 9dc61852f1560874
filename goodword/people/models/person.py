"""Customers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Scoped, ScopedQuerySet


class Person(Scoped):
    """A customer, who may have many identities. After a merge the absorbed person stays, so that it can be undone."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    about = models.TextField(_("about"), blank=True)
    zone = models.CharField(max_length=64, blank=True, default="", db_default="")  # IANA; empty: as the house's
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="absorbed")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "id"], name="person_in_workspace")]

    def __str__(self) -> str:
        return self.name or str(_("person %(number)s") % {"number": self.pk})
