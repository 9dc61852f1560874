"""What was sent although a check spoke against it, and why."""

from __future__ import annotations

from typing import Self

from django.db import models

from goodword.honesty.flags import FLAGS, Level
from goodword.people.models import Person
from goodword.staff.models import Agent, Scoped, ScopedQuerySet

REASON_LENGTH = 300


class SentOverQuerySet(ScopedQuerySet["SentOver"]):
    """Questions to what was sent all the same."""

    def standing(self) -> Self:
        """Without what was undone before it went out."""
        return self.filter(undone=False)


class SentOver(Scoped):
    """One flag of one draft. The draft's words stay with the draft: `subject` names it as facts do, "message:12"."""

    flag = models.CharField(max_length=20, choices=[(name, flag.label) for name, flag in FLAGS.items()])
    level = models.CharField(max_length=5, choices=Level.choices)
    reason = models.CharField(max_length=REASON_LENGTH)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    case_number = models.BigIntegerField(null=True)  # none for a saved reply or an article
    subject = models.CharField(max_length=60)
    feed = models.CharField(max_length=40, blank=True, db_default="")  # the channel where everybody can read it
    undone = models.BooleanField(default=False)
    at = models.DateTimeField()
    objects = SentOverQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-at"], name="sent_over_by_time"),
            models.Index(fields=["workspace", "person", "flag", "-at"], name="sent_over_to_person"),
            models.Index(fields=["workspace", "subject"], name="sent_over_by_subject"),
            models.Index(fields=["workspace", "feed", "flag", "-at"], name="sent_over_in_feed"),
        ]

    def __str__(self) -> str:
        return f"{self.flag} in {self.subject}"
