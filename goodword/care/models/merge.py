"""Merges and splits of cases, kept so that each can be undone."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.care.models.case import Case
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class CaseMerge(Scoped):
    """`messages` moved from one case to another, because both were one need (merge) or one was two (split)."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merge")
        SPLIT = "split", _("split")

    kind = models.CharField(max_length=5, choices=Kind.choices)
    origin = models.ForeignKey(Case, models.CASCADE, related_name="+")
    target = models.ForeignKey(Case, models.CASCADE, related_name="+")
    messages = ArrayField(models.BigIntegerField())
    episodes = ArrayField(models.BigIntegerField(), default=list)  # of each message, before it moved
    target_before = models.JSONField(default=dict)  # what merging changed of the target, to give back when undone
    by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")  # null: a late parent showed it
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} of {self.origin_id} and {self.target_id}"
