"""What the brand promises to everybody: where it is there, when, and how fast it answers."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.staff.models import Scoped, ScopedQuerySet

MOST_MINUTES = 60 * 24 * 14


class PresencePromise(Scoped):
    """For one channel. The hours are words for people to read; how fast we answered is measured by the wall clock."""

    channel = models.CharField(_("channel"), max_length=40)
    hours = models.CharField(_("hours"), max_length=120, blank=True)  # "Mon to Fri, 9 to 18"
    answer_minutes = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)])
    days_a_week = models.PositiveSmallIntegerField(validators=[MaxValueValidator(7)])  # on which we are there at least
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "channel"], name="one_presence_a_channel")]

    def __str__(self) -> str:
        return self.channel

    @property
    def answer_seconds(self) -> int:
        """How fast we answer, as durations are shown."""
        return self.answer_minutes * 60


class BrandPage(Scoped):
    """Whether anybody may read what we promised and how we did."""

    shown = models.BooleanField(default=False)
    words = models.CharField(_("words"), max_length=600, blank=True)  # of the brand, above the figures
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace"], name="one_page_a_brand")]

    def __str__(self) -> str:
        return f"page of workspace {self.workspace_id}"
