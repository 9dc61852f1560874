"""Rules: when something happens to a case, and if it is such a case, then something is done to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.process.rules.actions import Action
from goodword.process.rules.condition import Condition
from goodword.process.rules.loops import Shape
from goodword.process.rules.whens import When
from goodword.staff.models import Scoped, ScopedQuerySet


class Rule(Scoped):
    """All rules that wait for a happening are gone through in their order."""

    name = models.CharField(_("name"), max_length=60)
    place = models.SmallIntegerField()
    when = models.CharField(max_length=12, choices=[(each.value, each.value) for each in When])
    condition = models.JSONField(default=dict)  # `rules.condition.Condition`
    actions = models.JSONField(default=list)  # of `rules.actions.Action`
    on_since = models.DateTimeField(null=True)  # null: off. What happened before is left alone.
    faults = models.SmallIntegerField(default=0)  # one after the other
    fault = models.TextField(blank=True)  # the last; where the rule is off, it was switched off because of it
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_rule_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits_for(self) -> When:
        """What sets it off."""
        return When(self.when)

    @property
    def is_for(self) -> Condition:
        """Which cases."""
        return Condition.read(self.condition)

    @property
    def does(self) -> Sequence[Action]:
        """What is done, in order."""
        return [Action.read(each) for each in self.actions]

    @property
    def shape(self) -> Shape:
        """As the check for loops takes it."""
        return Shape(self.name, self.waits_for, self.is_for, self.does)


class RuleRun(Scoped):
    """That a rule was set off by a happening, once, and what came of it."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey("care.Case", models.CASCADE, related_name="+", db_index=False)
    fact_id = models.BigIntegerField()  # the happening
    chain = models.JSONField(default=list)  # ids of the rules that led to it, this one the last
    first_fact = models.BigIntegerField(null=True)  # what it did itself: facts of the case from … to …
    last_fact = models.BigIntegerField(null=True)
    did = models.JSONField(default=list)  # of [do, name]; empty if nothing was left to do
    fault = models.TextField(blank=True)
    at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "rule", "fact_id"], name="once_a_happening")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "rule", "-at"], name="runs_of_rule"),
            models.Index(fields=["workspace", "case", "-at"], name="runs_on_case"),
        ]

    def __str__(self) -> str:
        return f"rule {self.rule_id} on case {self.case_id}"


class RuleLook(Scoped):
    """Up to which fact the happenings of a case were held against the rules."""

    case = models.ForeignKey("care.Case", models.CASCADE, related_name="+", db_index=False)
    fact_id = models.BigIntegerField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "case"], name="one_look_a_case")
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} up to {self.fact_id}"
