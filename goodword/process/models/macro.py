"""Macros: what agents do again and again, under one name and one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.process.rules.actions import Action
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class Macro(Scoped):
    """Actions that an agent runs on a case."""

    name = models.CharField(_("name"), max_length=60)
    key = models.SmallIntegerField(null=True)  # the digit that runs it, 1–9
    actions = models.JSONField(default=list)  # of `rules.actions.Action`
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[models.F | str]] = [models.F("key").asc(nulls_last=True), "name"]  # type: ignore[list-item]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_macro_of_a_name"),
            models.UniqueConstraint(
                fields=["workspace", "key"], condition=models.Q(key__isnull=False), name="one_macro_a_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def does(self) -> Sequence[Action]:
        """What is done, in order."""
        return [Action.read(each) for each in self.actions]


class MacroRun(Scoped):
    """That an agent ran a macro on a case: how the case stood before and after, so that it can be taken back."""

    macro = models.ForeignKey(Macro, models.SET_NULL, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=60)  # as it was
    case = models.ForeignKey("care.Case", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    before = models.JSONField(default=dict)  # `restore.Standing`
    after = models.JSONField(default=dict)
    notes = models.JSONField(default=list)  # ids of the notes that it left
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "case", "-at"], name="macros_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.name} on case {self.case_id}"
