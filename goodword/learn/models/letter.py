"""Who gets which weekly letter by mail, and each letter that was sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Scoped, ScopedQuerySet
from goodword.triage.models import Audience


class LetterReader(Scoped):
    """An address that gets the letter to an audience. They need no account; the links in it ask for one."""

    audience = models.CharField(max_length=10, choices=Audience.choices)
    email = models.EmailField(_("address"))  # in lower case
    since = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["email"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "audience", "email"], name="one_reader_a_letter")
        ]

    def __str__(self) -> str:
        return f"{self.audience}: {self.email}"


class MailedLetter(Scoped):
    """The letter of a week to one reader: written down before it is sent, so that nobody gets it twice."""

    class State(models.TextChoices):
        WAITS = "waits", _("waits")
        SENDING = "sending", _("perhaps sent")  # its sender hasn't said, or died: it isn't sent again
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    reader = models.ForeignKey(LetterReader, models.CASCADE, related_name="letters", db_index=False)
    monday = models.DateField()  # of the week that it is about
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITS)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)  # null: nothing more is tried
    at = models.DateTimeField(null=True)  # of the last attempt
    says = models.CharField(max_length=200, blank=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "reader", "monday"], name="one_letter_a_week")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="letters_due"),
        ]

    def __str__(self) -> str:
        return f"{self.monday} to {self.reader_id}"
