"""Policies: how soon which cases are answered and solved, and who is told when they are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.process.rules.condition import Condition
from goodword.process.rules.ladder import Rung, in_order
from goodword.process.rules.stretches import Timed
from goodword.staff.models import Scoped, ScopedQuerySet


class Policy(Scoped):
    """Targets for the cases that meet its condition. Of several, the first in their order counts."""

    name = models.CharField(_("name"), max_length=60)
    place = models.SmallIntegerField()  # in the order of the workspace's policies
    condition = models.JSONField(default=dict)  # `rules.condition.Condition`
    first_minutes = models.IntegerField(null=True)  # null: not timed
    next_minutes = models.IntegerField(null=True)
    resolution_minutes = models.IntegerField(null=True)
    in_business_time = models.BooleanField(default=True)  # else by the clock on the wall
    ladder = models.JSONField(default=list)  # of {"minutes", "whom", "by_mail", "by_webhook"}
    # What began before was promised nothing. Null: switched off.
    in_force_since = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_policy_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_for(self) -> Condition:
        """Which cases."""
        return Condition.read(self.condition)

    @property
    def rungs(self) -> Sequence[Rung]:
        """Who is told, from the first warning on."""
        return in_order(
            Rung(each["minutes"], tuple(each["whom"]), each["by_mail"], each.get("by_webhook", False))
            for each in self.ladder
        )

    def target(self, timed: Timed) -> timedelta | None:
        """How much time there is; None where it isn't timed."""
        minutes: int | None = getattr(self, f"{timed.value}_minutes")
        return None if minutes is None else timedelta(minutes=minutes)


class Clock(Scoped):
    """Something timed in a case. All it says follows from what happened, and is reckoned anew when that changes."""

    case = models.ForeignKey("care.Case", models.CASCADE, related_name="+", db_index=False)
    episode = models.SmallIntegerField()  # its number
    timed = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Timed])
    policy = models.ForeignKey(Policy, models.SET_NULL, null=True, related_name="+", db_index=False)
    policy_name = models.CharField(max_length=60)  # as it was, for reports
    target_seconds = models.BigIntegerField()
    in_business_time = models.BooleanField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # null while it is paused, and once it has ended
    breached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, blank=True)
    events = models.JSONField(default=list)  # of [what, when], in order: `rules.due.Happened`
    climbed = models.SmallIntegerField(default=0)  # rungs of the ladder
    next_at = models.DateTimeField(null=True)  # when there is something to do: a rung, or to say that it is late
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "case", "episode", "timed", "started_at"], name="one_clock_a_stretch"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="clocks_to_look_at"),
            models.Index(fields=["workspace", "ended_at"], name="clocks_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.timed} of case {self.case_id}"

    @property
    def target(self) -> timedelta:
        """How much time there is, or was."""
        return timedelta(seconds=self.target_seconds)

    def says(self) -> dict[str, Any]:
        """What reckoning anew may change."""
        return {name: getattr(self, name) for name in RECKONED}


RECKONED = (
    "policy_id", "policy_name", "target_seconds", "in_business_time", "due_at", "breached_at", "ended_at", "outcome",
    "events", "climbed", "next_at", "started_at",
)  # fmt: skip
