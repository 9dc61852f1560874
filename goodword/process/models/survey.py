"""Surveys about the relationship, never about a case: would they recommend us (NPS), was it easy with us (CES)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goodword.care.models import Case, Message
from goodword.people.models import Person
from goodword.staff.models import Scoped, ScopedQuerySet


class SurveyKind(models.TextChoices):
    """What is asked, in the field's own words."""

    NPS = "nps", _("Recommending us (NPS)")
    EFFORT = "effort", _("Making it easy (CES)")


class SurveyPlan(Scoped):
    """How many customers are asked in seven days; none: nobody is."""

    kind = models.CharField(max_length=6, choices=SurveyKind.choices)
    a_week = models.SmallIntegerField(default=0)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "kind"], name="one_survey_plan_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.a_week} a week"


class Survey(Scoped):
    """One question to one person, by a link that went to where they last spoke with us; and what they answered."""

    kind = models.CharField(max_length=6, choices=SurveyKind.choices)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")  # in whose thread they were asked; not about it
    digest = models.CharField(max_length=64, unique=True)  # of the link's token
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+", db_index=False)
    refused = models.CharField(max_length=300, blank=True)  # why they could not be asked after all
    answer = models.SmallIntegerField(null=True)  # NPS 0–10, effort 1–7
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "kind", "-asked_at"], name="surveys_by_time"),
            models.Index(fields=["workspace", "person", "-asked_at"], name="surveys_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=None)
                | Q(kind=SurveyKind.NPS, answer__range=(0, 10))
                | Q(kind=SurveyKind.EFFORT, answer__range=(1, 7)),
                name="survey_answer_on_its_scale",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} asked of person {self.person_id}"
