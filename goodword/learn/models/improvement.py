"""Improvements: what is done about a problem, by whom and until when, and whether the complaints stopped."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.care.models import Case, Message
from goodword.learn.models.problem import Problem
from goodword.staff.models import Agent, Scoped, ScopedQuerySet

WATCHED_DAYS = 28  # unless somebody chose otherwise: four of each weekday


class Stage(models.TextChoices):
    """How far it has come. Only the complaints decide whether it is fixed."""

    PLANNED = "planned", _("Planned")
    WATCHED = "watched", _("In place, complaints are watched")
    FIXED = "fixed", _("Fixed: the complaints stopped")
    UNPROVEN = "unproven", _("In place, the complaints go on")
    BACK = "back", _("Came back")


class Improvement(Scoped):
    """One thing that is done so that a problem does not come again."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="improvements")
    what = models.CharField(_("what is done"), max_length=200)
    owner = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField(_("due"))
    days = models.SmallIntegerField(_("days that are compared"), default=WATCHED_DAYS)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNED)
    in_place_at = models.DateTimeField(null=True)  # when it began to help
    in_place_said_at = models.DateTimeField(null=True)  # when somebody said so
    taken_out_at = models.DateTimeField(null=True)  # when it was last said that it is in place no more
    judged_at = models.DateTimeField(null=True)  # when the complaints said whether it did
    # What was counted when it was judged, or when it came back: see `evidence.Evidence`.
    evidence = models.JSONField(null=True)
    times_back = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "stage", "due_on"], name="improvements_by_stage"),
            models.Index(fields=["in_place_at"], condition=Q(stage="watched"), name="improvements_watched"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def watched_until(self) -> datetime | None:
        """When the complaints decide; None before it is in place."""
        return self.in_place_at + timedelta(days=self.days) if self.in_place_at else None

    @property
    def open_again_at(self) -> datetime | None:
        """When it was taken out, or the complaints spoke against it: it can't be in place again since before that, else
        whoever saw the complaints could choose the days that are compared."""
        return max((each for each in (self.taken_out_at, self.judged_at) if each is not None), default=None)

    def is_late(self, today: date) -> bool:
        """Whether it should have been in place."""
        return self.stage in (Stage.PLANNED, Stage.BACK) and self.due_on < today


class Told(Scoped):
    """A reporter who is told, or was, that what they reported is fixed: once, where they reported it."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="told", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # of what everybody can read: when it is its turn; null: at once
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+", db_index=False)
    over = models.JSONField(null=True)  # why it goes out although checks speak against it: see `tell`
    refused = models.CharField(max_length=300, blank=True)  # why it could not be sent after all
    settled_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "improvement", "case"], name="told_once")]
        indexes = [models.Index(fields=["asked_at"], condition=Q(settled_at=None), name="told_waiting")]

    def __str__(self) -> str:
        return f"case {self.case_id} told of improvement {self.improvement_id}"
