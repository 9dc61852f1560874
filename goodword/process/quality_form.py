"""Write the form of the quality review: its questions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.process.events import QualityQuestionRetired, QualityQuestionSaved
from goodword.process.models import QualityQuestion
from goodword.staff.models import Agent, Workspace

MOST_QUESTIONS, LONGEST_QUESTION = 20, 160


class BadQuestion(Exception):
    """It has no words, too many, or there are enough questions already."""


@transaction.atomic
def save_question(
    *, workspace: Workspace, question: QualityQuestion | None = None, words: str, by: Agent | None, now: datetime
) -> QualityQuestion:
    """A new question, or one in place of `question`, which is retired with its answers. Raises `BadQuestion`."""
    plain = " ".join(words.replace("\x00", "").split())
    if not plain or len(plain) > LONGEST_QUESTION:
        raise BadQuestion(_("Ask in 1 to %(most)d characters.") % {"most": LONGEST_QUESTION})
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    if question is not None:
        if question.words == plain:
            return question
        retire_question(question=question, by=by, now=now)
    if QualityQuestion.objects.of(workspace).filter(retired_at=None).count() >= MOST_QUESTIONS:
        raise BadQuestion(_("There are %(most)d already: retire one first.") % {"most": MOST_QUESTIONS})
    kept = QualityQuestion.objects.create(workspace=workspace, words=plain)
    fact = QualityQuestionSaved(workspace_id=workspace.pk, question_id=kept.pk, words=plain)
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


@transaction.atomic
def retire_question(*, question: QualityQuestion, by: Agent | None, now: datetime) -> QualityQuestion:
    """Ask it no more; reviews keep their answers to it. Retiring twice retires once."""
    kept = QualityQuestion.objects.select_for_update().get(pk=question.pk)
    if kept.retired_at is None:
        kept.retired_at = now
        kept.save(update_fields=["retired_at"])
        fact = QualityQuestionRetired(workspace_id=kept.workspace_id, question_id=kept.pk, words=kept.words)
        record(fact, now=now, actor_id=by.pk if by else None)
    return kept


@transaction.atomic
def begin_with_usual_questions(*, workspace: Workspace, by: Agent | None, now: datetime) -> None:
    """Where there are none yet, those that most forms of this kind have in common."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    if QualityQuestion.objects.of(workspace).filter(retired_at=None).exists():
        return
    for words in (
        _("Did we answer everything that was asked?"),
        _("Was what we said right?"),
        _("Was it said warmly and plainly?"),
        _("Did we say what happens next, and by when?"),
        _("Were their data kept out of what others can read?"),
    ):
        save_question(workspace=workspace, words=words, by=by, now=now)
