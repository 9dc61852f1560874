"""Episodes: the rounds of a case. Measures count episodes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.care.models.case import Case
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class Resolution(models.TextChoices):
    """Whose word a resolution is: ours (proposed), or the customer's."""

    PROPOSED = "proposed", _("We say it is solved")
    CONFIRMED = "confirmed", _("The customer says it is solved")
    DISPUTED = "disputed", _("The customer says it is not solved")
    LAPSED = "lapsed", _("The customer did not answer")


class Episode(Scoped):
    """From an opening or reopening of a case to its resolution."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="episodes")
    number = models.SmallIntegerField()
    opened_at = models.DateTimeField()
    first_response_at = models.DateTimeField(null=True)  # first human reply that the customer can see
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    resolution = models.CharField(max_length=10, choices=Resolution.choices, blank=True)
    decided_at = models.DateTimeField(null=True)  # confirmed, disputed or lapsed
    customer_words = models.TextField(blank=True)  # what they said when they confirmed or disputed
    waited_seconds = models.BigIntegerField(default=0)  # for the customer; left out of the resolution time
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_episode_a_number")]
        indexes = [
            models.Index(fields=["workspace", "-opened_at"], name="episodes_by_time"),
            models.Index(fields=["resolved_at"], condition=models.Q(resolution="proposed"), name="episodes_proposed"),
            models.Index(
                fields=["workspace", "case"], condition=models.Q(resolution="disputed"), name="episodes_disputed"
            ),
        ]

    def __str__(self) -> str:
        return f"episode {self.number} of case {self.case_id}"
