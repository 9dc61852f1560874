"""Statements in force: what the house says of a matter, which no reply may deny."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Agent, Scoped, ScopedQuerySet

SEARCH_LENGTH = 2_000


class StatementQuerySet(ScopedQuerySet["Statement"]):
    """Questions to statements."""

    def in_force(self, now: datetime) -> Self:
        """Begun, not withdrawn and not over."""
        return self.filter(Q(until=None) | Q(until__gt=now), withdrawn_at=None, since__lte=now)


class Statement(Scoped):
    """Declared by a lead, or by a room above for something of its own, which `declared_for` names: "incident:7"."""

    words = models.CharField(_("what we say"), max_length=600)
    about = models.CharField(_("what it is about"), max_length=SEARCH_LENGTH)  # a search that drafts about it match
    denies = models.CharField(_("what no reply may say"), max_length=SEARCH_LENGTH)  # a search
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    declared_for = models.CharField(max_length=60, blank=True)
    objects = StatementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "withdrawn_at", "-since"], name="statements_in_force")]

    def __str__(self) -> str:
        return f"statement {self.pk}"
