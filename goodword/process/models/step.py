"""Required steps: what has to be done in which cases before they are resolved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.process.rules.condition import Condition
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class RequiredStep(Scoped):
    """A field to fill, a check to tick, or a call to make, in every case that meets its condition."""

    class Kind(models.TextChoices):
        CHECK = "check", _("a check to tick")
        FIELD = "field", _("a field to fill")
        CALL = "call", _("a call back, with what was agreed")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.CHECK)
    place = models.SmallIntegerField()
    condition = models.JSONField(default=dict)  # `rules.condition.Condition`
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_step_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_for(self) -> Condition:
        """Which cases."""
        return Condition.read(self.condition)

    @property
    def wants_words(self) -> bool:
        """Whether it takes more than a tick."""
        return self.kind != self.Kind.CHECK


class StepDone(Scoped):
    """That a step was done in a round of a case: by whom, when, and what was filled in. A case that is opened again
    requires it again."""

    step = models.ForeignKey(RequiredStep, models.CASCADE, related_name="+")
    case = models.ForeignKey("care.Case", models.CASCADE, related_name="+", db_index=False)
    episode = models.SmallIntegerField(default=1, db_default=1)  # its number
    words = models.CharField(max_length=300, blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "case", "step", "episode"], name="a_step_once_a_round")
        ]

    def __str__(self) -> str:
        return f"step {self.step_id} of case {self.case_id}"
