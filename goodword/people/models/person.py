"""Customers."""

from __future__ import annotations

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Scoped, ScopedQuerySet


class Person(Scoped):
    """A customer, who may have many identities. After a merge the absorbed person stays, so that it can be undone."""

    # As colleagues named them; empty: as their accounts do, which may be renamed any day.
    name = models.CharField(_("name"), max_length=200, blank=True)
    about = models.TextField(_("about"), blank=True)
    zone = models.CharField(max_length=64, blank=True, default="", db_default="")  # IANA; empty: as the house's
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="absorbed")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "id"], name="person_in_workspace"),
            # Found by what somebody types, whatever the case of the letters.
            models.Index(
                "workspace",
                OpClass(Lower("name"), name="text_pattern_ops"),
                name="person_by_name",
                condition=~models.Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """What a page calls them: as colleagues named them, else as the account that we met last does.

        Lists read `identities` along. Where one account is at hand, `Identity.customer_name` asks nothing more.
        """
        if self.name:
            return self.name
        accounts = sorted(self.identities.all(), key=lambda one: one.pk, reverse=True)
        named = next((one for one in accounts if one.name), accounts[0] if accounts else None)
        return named.display_name if named else str(_("person %(number)s") % {"number": self.pk})
