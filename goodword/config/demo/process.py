"""How Harbour works: how it weighs risk, looks at its own answers, and asks what customers think of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import cycle

from goodword.care.models import Case, Message, MessageKind
from goodword.kernel.ids import new_token, token_digest
from goodword.process.ask_surveys import LINK_LIVES
from goodword.process.models import QualityQuestion, Survey, SurveyKind
from goodword.process.plan_surveys import plan_survey
from goodword.process.quality_form import begin_with_usual_questions
from goodword.process.quality_sample import sample_of
from goodword.process.rehearse_risk import rehearse_risk
from goodword.process.review_quality import review_quality
from goodword.staff.models import Agent, Workspace
from goodword.staff.week import last_week, week_of
from goodword.triage.weigh_otherwise import keep_trial, switch_on, write_risk_version

# (why, weights that are not the usual ones, own words, whether it is in force)
_WEIGHINGS: Sequence[tuple[str, Mapping[str, int], Mapping[str, str], bool]] = (
    ("The Beacon headlamp runs hot: whoever speaks of it may be in danger", {}, {"safety": "beacon"}, True),
    ("Refunds are what we are shouted at for", {"money": 28, "anger": 20}, {"safety": "beacon"}, False),
)
# What customers answered some weeks ago, None where they didn't; and what some of them wrote.
_ANSWERED = {
    SurveyKind.NPS: (10, 9, 9, 8, 7, None, 10, 3, 9, 6, 8, 10, None, 9),
    SurveyKind.EFFORT: (7, 6, None, 6, 5, 2, 7, 4, 6, 7, None, 5, 6, 3),
}
_WROTE = {
    (SurveyKind.NPS, 0): "You answer like people.",
    (SurveyKind.NPS, 7): "Every refund takes two mails.",
    (SurveyKind.EFFORT, 5): "I had to ask three times.",
}
_ASKED_BEFORE = timedelta(days=40)
_A_WEEK = 20
# (marks of the usual questions, what is advised)
_FOUND = (
    ((2, 2, 2, 1, None), "Warm, and right. Say next time by when they hear from us."),
    ((1, 2, 1, 0, 2), "They asked two things, and we answered one. Read the mail once more before you send."),
)


def set_up_process(*, workspace: Workspace, agents: Sequence[Agent], now: datetime) -> None:
    """Weigh what there is, look at some of last week's answers, and have asked; the second agent leads."""
    _weigh(workspace, agents[1], now)
    _look_at_answers(workspace, agents, now)
    _have_asked(workspace, agents[1], now)


def _weigh(workspace: Workspace, lead: Agent, now: datetime) -> None:
    for why, points, words, on in _WEIGHINGS:
        version = write_risk_version(workspace=workspace, points=points, words=words, why=why, by=lead, now=now)
        told = rehearse_risk(workspace, version.weighs, now=now)
        keep_trial(
            version=version,
            cases=told.total,
            moved_up=len(told.up),
            moved_down=len(told.down),
            by=lead,
            now=now,
        )
        if on:
            switch_on(version=version, by=lead, now=now)


def _look_at_answers(workspace: Workspace, agents: Sequence[Agent], now: datetime) -> None:
    """The first that was drawn of everybody's week. Somebody wrote what the brand is heard to have said before."""
    lead = agents[1]
    said = Message.objects.of(workspace).filter(kind=MessageKind.REPLY, agent=None, automatic=False).order_by("pk")
    for message, agent in zip(said, cycle(agents), strict=False):
        Message.objects.filter(pk=message.pk).update(agent=agent)
    begin_with_usual_questions(workspace=workspace, by=lead, now=now)
    questions = list(QualityQuestion.objects.of(workspace).order_by("pk").values_list("pk", flat=True))
    week = last_week(workspace, now=now)
    if not sample_of(workspace, week):  # on a Sunday all of the story is of the running week
        week = week_of(workspace, week.sunday + timedelta(days=1))
    samples = [sample for sample in sample_of(workspace, week) if sample.agent != lead]
    for sample, (marks, note) in zip(samples, cycle(_FOUND), strict=False):
        review_quality(
            case=sample.drawn[0].case,
            agent=sample.agent,
            week=week,
            marks=dict(zip(questions, marks, strict=True)),
            note=note,
            by=lead,
            now=now,
        )


def _have_asked(workspace: Workspace, lead: Agent, now: datetime) -> None:
    """Some customers were asked before the story began."""
    at = now - _ASKED_BEFORE
    cases = Case.objects.of(workspace).select_related("identity").order_by("identity__person", "pk")
    of_each = cases.distinct("identity__person")
    for (kind, answers), first in zip(_ANSWERED.items(), (0, 14), strict=True):
        plan_survey(workspace=workspace, kind=kind, a_week=_A_WEEK, by=lead, now=now)
        asked = of_each[first : first + len(answers)]
        for place, (case, answer) in enumerate(zip(asked, answers, strict=False)):
            Survey.objects.create(
                workspace=workspace,
                kind=kind,
                person_id=case.identity.person_id,
                case=case,
                digest=token_digest(new_token()),
                asked_at=at,
                expires_at=at + LINK_LIVES,
                answer=answer,
                answered_at=None if answer is None else at + timedelta(hours=3),
                comment=_WROTE.get((kind, place), ""),
            )
