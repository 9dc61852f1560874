"""Merges of people, kept so that each can be undone."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from goodword.people.models.person import Person
from goodword.staff.models import Scoped, ScopedQuerySet


class PersonMerge(Scoped):
    """`absorbed` was found to be `kept`; `identities` are the ones that moved."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="+")
    absorbed_name = models.CharField(max_length=320, db_default="")  # what they were called then: accounts name people
    # What stood at `kept` before, where the merge changed it; null where it did not.
    name_before = models.CharField(max_length=200, null=True)
    about_before = models.TextField(null=True)
    zone_before = models.CharField(max_length=64, null=True)
    identities = ArrayField(models.BigIntegerField())
    evidence = models.TextField(blank=True)
    by = models.ForeignKey("staff.Agent", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "kept"], name="merges_of_person")]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"
