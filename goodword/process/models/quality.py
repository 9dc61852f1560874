"""Quality review: what answers are looked at for, and what was found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodword.care.models import Case
from goodword.staff.models import Agent, Scoped, ScopedQuerySet


class QualityQuestion(Scoped):
    """One question of the form. One that is retired stays in the reviews that answered it."""

    words = models.CharField(_("question"), max_length=160)
    retired_at = models.DateTimeField(null=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "id"], name="quality_questions")]

    def __str__(self) -> str:
        return self.words


class QualityReview(Scoped):
    """What somebody found who looked at how an agent answered a case in a week, and what they advise."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    week = models.DateField()  # its Monday
    by = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    score = models.FloatField()  # share of the points that could be had, 0–1
    note = models.TextField(blank=True)  # for the agent; leads see it too
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "agent", "week", "case"], name="one_review_a_case_and_week"),
            models.CheckConstraint(condition=models.Q(score__range=(0, 1)), name="quality_score_is_a_share"),
        ]
        indexes = [models.Index(fields=["workspace", "-at"], name="quality_reviews_by_time")]

    def __str__(self) -> str:
        return f"review of case {self.case_id}"


class QualityAnswer(Scoped):
    """The answer to one question in a review."""

    class Mark(models.IntegerChoices):
        NO = 0, _("No")
        PARTLY = 1, _("Partly")
        YES = 2, _("Yes")

    review = models.ForeignKey(QualityReview, models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(QualityQuestion, models.PROTECT, related_name="+")
    mark = models.SmallIntegerField(choices=Mark.choices, null=True)  # null: the question does not apply
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "review", "question"], name="one_answer_a_question"),
            models.CheckConstraint(
                condition=models.Q(mark__range=(0, 2)) | models.Q(mark=None), name="quality_mark_0_to_2"
            ),
        ]

    def __str__(self) -> str:
        return f"answer in review {self.review_id}"
