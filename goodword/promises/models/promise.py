"""Promises: what we said we would do for a customer, by when."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.people.models import Person
from goodword.staff.models import Agent, Scoped, ScopedQuerySet

WORDS_LENGTH, EVIDENCE_LENGTH = 600, 500


class Standing(models.TextChoices):
    """What became of a promise. `broken` is until it is kept after all, which is then late."""

    SAID = "said", _("said, not confirmed")
    OPEN = "open", _("to be kept")
    KEPT = "kept", _("kept")
    KEPT_LATE = "kept_late", _("kept late")
    RENEGOTIATED = "renegotiated", _("renegotiated before it was due")
    BROKEN = "broken", _("broken")
    WITHDRAWN = "withdrawn", _("taken back, the reply did not arrive")


class PromiseQuerySet(ScopedQuerySet["Promise"]):
    """Questions to promises."""

    def to_be_kept(self) -> Self:
        """The customer still waits for it, whether or not it is too late."""
        return self.filter(standing__in=[Standing.OPEN, Standing.BROKEN])

    def made_to(self, person: Person | int) -> Self:
        """Made to this person, or to somebody who was found to be them since."""
        pk = person if isinstance(person, int) else person.pk
        return self.filter(Q(person_id=pk) | Q(person__merged_into_id=pk))


class Promise(Scoped):
    """One promise. Its case is named by id and number: cases lie above."""

    words = models.CharField(max_length=WORDS_LENGTH)
    due_words = models.CharField(max_length=120, blank=True)
    due_at = models.DateTimeField(null=True)  # only what was said and not confirmed may have none
    zone = models.CharField(max_length=64)  # the customer's when it was made; IANA
    conditional = models.BooleanField(default=False)  # it waits for the customer to do something first
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.OPEN)
    owner = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    case_id = models.BigIntegerField()
    case_number = models.BigIntegerField()
    made_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)  # none once the owner was reminded
    settled_at = models.DateTimeField(null=True)  # when it came to stand as it does now
    evidence = models.CharField(max_length=EVIDENCE_LENGTH, blank=True)  # what shows it, or why it was moved
    evidence_key = models.CharField(max_length=60, blank=True)  # as facts name a subject: "message:12"
    follows = models.OneToOneField("self", models.SET_NULL, null=True, related_name="followed_by")
    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "standing", "due_at", "id"], name="promises_by_due"),
            models.Index(fields=["workspace", "owner", "standing", "due_at", "id"], name="promises_of_owner"),
            models.Index(fields=["workspace", "person", "-made_at"], name="promises_to_person"),
            models.Index(fields=["workspace", "case_id", "-made_at"], name="promises_of_case"),
            models.Index(fields=["due_at"], condition=Q(standing="open"), name="promises_falling_due"),
            models.Index(fields=["remind_at"], condition=Q(standing="open"), name="promises_to_remind_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__isnull=False) | Q(standing__in=["said", "withdrawn"]),
                name="a_confirmed_promise_is_due",
            )
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"

    @property
    def local_due(self) -> datetime | None:
        """When it falls due by the customer's clock."""
        return self.due_at.astimezone(ZoneInfo(self.zone)) if self.due_at else None

    def is_to_be_kept(self) -> bool:
        """Whether the customer still waits for it."""
        return self.standing in {Standing.OPEN, Standing.BROKEN}
