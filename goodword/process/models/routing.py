"""Routing: which cases a team gets, how it shares them, and what its people can do."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.process.rules.choose import Method
from goodword.process.rules.condition import Condition, Traits
from goodword.process.rules.spoken import occurs
from goodword.staff.models import Agent, Scoped, ScopedQuerySet, Team


class RoutingPlan(Scoped):
    """How a team gets and shares cases. Of several whose condition a case meets, the first in order gets it."""

    class Share(models.TextChoices):
        LEAST_LOADED = Method.LEAST_LOADED.value, _("to whoever has least")
        ROUND_ROBIN = Method.ROUND_ROBIN.value, _("in turn")

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    place = models.SmallIntegerField()
    condition = models.JSONField(default=dict)  # which cases without a team it gets
    words = models.JSONField(default=list)  # and of them, those that speak of one of these
    takes_all = models.BooleanField(default=False)  # without a condition: all that no other team gets
    share = models.CharField(max_length=12, choices=Share.choices, default=Share.LEAST_LOADED)
    keeps_person = models.BooleanField(default=True)  # who answered somebody before answers them again
    needs = models.JSONField(default=list)  # of {"skill", "words"}: whoever writes one of the words needs the skill
    # Everything the plan gets goes straight to them, whatever they have already, unless they are away.
    person = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    overflow = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    on_since = models.DateTimeField(null=True)  # null: off. What was opened before is left where it is.
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "team"], name="one_plan_a_team")
        ]

    def __str__(self) -> str:
        return f"routing to {self.team_id}"

    @property
    def is_for(self) -> Condition:
        """Which cases."""
        return Condition.read(self.condition)

    @property
    def draws(self) -> bool:
        """Whether it gets cases by itself, beside those that people give to the team."""
        return self.takes_all or bool(self.words) or self.is_for != Condition()

    def wants(self, case: Traits, words: str) -> bool:
        """Whether a case without a team is for it; `words` are case-folded."""
        spoken_of = not self.words or any(occurs(word, words) for word in self.words)
        return self.draws and spoken_of and self.is_for.holds(case)

    def skills_for(self, words: str) -> set[str]:
        """The skills that these words call for."""
        return {need["skill"] for need in self.needs if any(occurs(word, words) for word in need["words"])}


class Ability(Scoped):
    """What an agent can do, and how much at once. Who has none written down takes whatever calls for no skill."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    skills = models.JSONField(default=list)  # case-folded words
    languages = models.JSONField(default=list)  # codes as texts are read in: "en", "de"
    most_open = models.SmallIntegerField(default=20)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "abilities"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "agent"], name="one_ability_an_agent")
        ]

    def __str__(self) -> str:
        return f"what {self.agent_id} can do"
