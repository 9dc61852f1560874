"""Look at how a case was answered, mark it, and advise whoever answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.models import Case
from goodword.kernel.facts import record
from goodword.process.events import QualityReviewed
from goodword.process.models import QualityAnswer, QualityQuestion, QualityReview
from goodword.process.quality_sample import sample_of
from goodword.staff.models import Agent
from goodword.staff.week import Week

LONGEST_NOTE = 5_000  # characters


class BadReview(Exception):
    """The form isn't filled in: every question has a mark or does not apply, and one at least has a mark."""


class NotYours(Exception):
    """Nobody looks at their own work."""


class NotDrawn(Exception):
    """The case is not in the sample of this agent and week."""


@transaction.atomic
def review_quality(
    *, case: Case, agent: Agent, week: Week, marks: Mapping[int, int | None], note: str, by: Agent, now: datetime
) -> QualityReview:
    """Keep what was found; a second look takes the place of the first.

    `marks` by the id of each question in use: 0, 1 or 2, None where it does not apply. Raises `BadReview`, `NotYours`,
    `NotDrawn`.
    """
    if by == agent:
        raise NotYours(_("These are your own answers: somebody else looks at them."))
    drawn = [one.case.pk for sample in sample_of(case.workspace, week, agent=agent) for one in sample.drawn]
    if case.pk not in drawn:
        raise NotDrawn(_("This case was not drawn for this week. Take one of those that were."))
    questions = list(QualityQuestion.objects.of(case.workspace_id).filter(retired_at=None))
    given = [mark for mark in marks.values() if mark is not None]
    if {question.pk for question in questions} != set(marks) or not given or not set(given) <= {0, 1, 2}:
        raise BadReview(_("Answer every question. One at least has to apply."))
    note = note.replace("\x00", "").strip()[:LONGEST_NOTE]
    review, _made = QualityReview.objects.update_or_create(
        workspace_id=case.workspace_id,
        case=case,
        agent=agent,
        week=week.monday,
        defaults={"by": by, "at": now, "score": sum(given) / (2 * len(given)), "note": note},
    )
    QualityAnswer.objects.filter(review=review).delete()
    QualityAnswer.objects.bulk_create(
        QualityAnswer(workspace_id=case.workspace_id, review=review, question_id=pk, mark=mark)
        for pk, mark in marks.items()
    )
    fact = QualityReviewed(workspace_id=case.workspace_id, review_id=review.pk, agent_id=agent.pk)
    record(fact, now=now, actor_id=by.pk)
    return review
