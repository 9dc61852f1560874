"""The customer's word on a resolution."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.care.models.episode import Episode
from goodword.staff.models import Scoped, ScopedQuerySet


class ResolutionLink(Scoped):
    """The address under which a customer confirms, disputes and rates. One per episode; only its digest is stored."""

    episode = models.OneToOneField(Episode, models.CASCADE, related_name="link")
    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"link of episode {self.episode_id}"


class Rating(Scoped):
    """One answer per episode: how well it was solved, and how the person was. One of the two is enough."""

    class Way(models.TextChoices):
        LINK = "link", _("by the link")
        ANSWER = "answer", _("by answering")

    episode = models.OneToOneField(Episode, models.CASCADE, related_name="rating")
    solved = models.SmallIntegerField(null=True)  # 1–5
    person = models.SmallIntegerField(null=True)  # 1–5
    comment = models.TextField(blank=True)
    way = models.CharField(max_length=6, choices=Way.choices)
    at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at"], name="ratings_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(solved__range=(1, 5)) | models.Q(solved=None), name="solved_1_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(person__range=(1, 5)) | models.Q(person=None), name="person_1_to_5"
            ),
            models.CheckConstraint(condition=~models.Q(solved=None, person=None), name="one_answer_at_least"),
        ]

    def __str__(self) -> str:
        return f"rating of episode {self.episode_id}"
