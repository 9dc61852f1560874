"""A customer answers a survey."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.process.events import SurveyAnswered
from goodword.process.models import Survey
from goodword.process.survey_words import scale

CHANGEABLE = timedelta(hours=24)
LONGEST_COMMENT = 5_000  # characters; what goes beyond is cut


class NoAnswer(Exception):
    """Nothing was chosen, or nothing that is on the scale."""


@transaction.atomic
def answer_survey(*, survey: Survey, answer: int | None, comment: str = "", now: datetime) -> Survey:
    """Keep the answer. Within 24 hours another one takes its place; later the first stands. Raises `NoAnswer`."""
    if answer not in scale(survey.kind):
        raise NoAnswer(_("Choose one of the answers."))
    kept = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if not can_change(kept, now):
        return kept
    kept.answer, kept.answered_at = answer, kept.answered_at or now
    kept.comment = comment.replace("\x00", "").strip()[:LONGEST_COMMENT]
    kept.save(update_fields=["answer", "answered_at", "comment"])
    record(SurveyAnswered(workspace_id=kept.workspace_id, survey_id=kept.pk, survey=kept.kind), now=now)
    return kept


def can_change(survey: Survey, now: datetime) -> bool:
    """Whether another answer would still count."""
    return survey.answered_at is None or now < survey.answered_at + CHANGEABLE
