"""Quality review: what was drawn, how it was answered, what was found; and the form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.care.delivery import ARRIVED
from goodword.care.models import Case, Message, MessageKind
from goodword.kernel.clock import current_time
from goodword.process.models import QualityAnswer, QualityQuestion, QualityReview
from goodword.process.quality_figures import GOOD, PERIOD, quality_figures
from goodword.process.quality_form import BadQuestion, begin_with_usual_questions, retire_question, save_question
from goodword.process.quality_sample import SIZE, sample_of
from goodword.process.review_quality import BadReview, NotDrawn, NotYours, review_quality
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Agent, Role
from goodword.staff.week import Week, read_week, week_of, weeks_back
from goodword.ui.answers import see_other

WEEKS = 12
MOST_MESSAGES = 60
_SAID = Q(kind=MessageKind.INBOUND) | Q(kind=MessageKind.REPLY, delivery__in=ARRIVED)


@require_GET
@needs(Role.AGENT)
def quality(request: MemberRequest) -> HttpResponse:
    """What was drawn of a week, and the figures: to leads of everybody, to others of themselves."""
    now = current_time()
    week, leads = _week(request), request.membership.may(Role.LEAD)
    whose = None if leads else request.agent
    samples = sample_of(request.workspace, week, agent=whose)
    if not samples and "week" not in request.GET:
        week = week_of(request.workspace, week.sunday + timedelta(days=1))  # a brand in its first week
        samples = sample_of(request.workspace, week, agent=whose)
    context = {
        "week": week,
        "mondays": weeks_back(request.workspace, WEEKS, running=True, now=now),
        "is_over": week.until <= now,
        "samples": samples,
        "figures": quality_figures(request.workspace, agent=whose, now=now),
        "has_form": QualityQuestion.objects.of(request.workspace).filter(retired_at=None).exists(),
        "size": SIZE,
        "days": PERIOD.days,
        "good": round(100 * GOOD),
        "leads": leads,
        "is_admin": request.membership.may(Role.ADMIN),
        "now": now,
    }
    return render(request, "process/quality.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def review(request: MemberRequest, number: int, agent: int) -> HttpResponse:
    """How an agent answered a case, and what was found: for leads to fill in, for the agent to read."""
    week, leads = _week(request), request.membership.may(Role.LEAD)
    if not leads and request.agent.pk != agent:
        raise PermissionDenied
    case = get_object_or_404(
        Case.objects.of(request.workspace).select_related("identity__person", "workspace"), number=number
    )
    whose = get_object_or_404(Agent.objects.filter(memberships__workspace=request.workspace), pk=agent)
    found = QualityReview.objects.of(request.workspace).filter(case=case, agent=whose, week=week.monday).first()
    may_review = leads and request.agent != whose
    problem = ""
    if request.method == "POST":
        if not may_review:
            raise PermissionDenied
        problem = _keep(request, case, whose, week)
        if not problem:
            return see_other(f"{reverse('process:quality', args=[request.workspace.slug])}?week={week.monday}")
    context = {
        "case": case,
        "whose": whose,
        "week": week,
        "found": found,
        "rows": _rows(request, found, writing=may_review),
        "note": request.POST.get("note", found.note if found else "")[:20_000],
        "talk": _talk(case),
        "may_review": may_review,
        "problem": problem,
        "now": current_time(),
    }
    return render(request, "process/quality_review.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def form(request: MemberRequest) -> HttpResponse:
    """The questions; a new one."""
    problem = _save(request, None) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return _to_form(request)
    context = {
        "questions": QualityQuestion.objects.of(request.workspace).filter(retired_at=None).order_by("pk"),
        "words": request.POST.get("words", "")[:2000],
        "problem": problem,
    }
    return render(request, "process/quality_form.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
@needs(Role.ADMIN)
def question(request: MemberRequest, question: int) -> HttpResponse:
    """Ask it in other words."""
    kept = _find(request, question)
    problem = _save(request, kept) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return _to_form(request)
    context = {"question": kept, "words": request.POST.get("words", kept.words)[:2000], "problem": problem}
    return render(request, "process/quality_question.html", context, status=422 if problem else 200)


@require_POST
@needs(Role.ADMIN)
def retirement(request: MemberRequest, question: int) -> HttpResponse:
    """Ask it no more."""
    retire_question(question=_find(request, question), by=request.agent, now=current_time())
    messages.success(request, _("Retired. Reviews keep their answers to it."))
    return _to_form(request)


@require_POST
@needs(Role.ADMIN)
def usual(request: MemberRequest) -> HttpResponse:
    """Begin with the usual questions."""
    begin_with_usual_questions(workspace=request.workspace, by=request.agent, now=current_time())
    return _to_form(request)


def _keep(request: MemberRequest, case: Case, whose: Agent, week: Week) -> str:
    """Keep the review that was typed; what is wrong with it, if anything is."""
    marks = {
        each.pk: _MARKS[given]
        for each in QualityQuestion.objects.of(request.workspace).filter(retired_at=None)
        if (given := request.POST.get(f"mark-{each.pk}", "")) in _MARKS
    }
    note = request.POST.get("note", "")[:20_000]
    try:
        review_quality(case=case, agent=whose, week=week, marks=marks, note=note, by=request.agent, now=current_time())
    except (BadReview, NotYours, NotDrawn) as error:
        return str(error)
    messages.success(request, _("Kept. They can read it now."))
    return ""


_MARKS = {"2": 2, "1": 1, "0": 0, "none": None}


def _rows(request: MemberRequest, found: QualityReview | None, *, writing: bool) -> list[dict[str, Any]]:
    """The questions, each with the mark it has; to who only reads, those that were answered."""
    given = {answer.question_id: answer for answer in _answers(found)}
    if not writing:
        return [{"words": answer.question.words, "says": _says(answer.mark)} for answer in given.values()]
    asked = QualityQuestion.objects.of(request.workspace).filter(retired_at=None).order_by("pk")
    rows = []
    for each in asked:
        kept = given.get(each.pk)
        marked = "" if kept is None else "none" if kept.mark is None else str(kept.mark)
        rows.append({"pk": each.pk, "words": each.words, "marked": request.POST.get(f"mark-{each.pk}", marked)[:10]})
    return [row | {"choices": [(key, _says(mark)) for key, mark in _MARKS.items()]} for row in rows]


def _answers(found: QualityReview | None) -> list[QualityAnswer]:
    return list(found.answers.select_related("question").order_by("question")) if found else []


def _says(mark: int | None) -> str:
    return _("Does not apply") if mark is None else str(QualityAnswer.Mark(mark).label)


def _talk(case: Case) -> list[Message]:
    """What was said, the last of it."""
    said = Message.objects.filter(_SAID, case=case)
    return list(said.select_related("mention", "agent").order_by("-at", "-pk")[:MOST_MESSAGES])[::-1]


def _save(request: MemberRequest, question: QualityQuestion | None) -> str:
    """Keep a question that was typed; what is wrong with it, if anything is."""
    words = request.POST.get("words", "")[:2000]
    try:
        save_question(workspace=request.workspace, question=question, words=words, by=request.agent, now=current_time())
    except BadQuestion as error:
        return str(error)
    return ""


def _week(request: MemberRequest) -> Week:
    found = read_week(request.workspace, request.GET.get("week", ""), back=WEEKS, running=True, now=current_time())
    if found is None:
        raise Http404
    return found


def _find(request: MemberRequest, pk: int) -> QualityQuestion:
    return get_object_or_404(QualityQuestion.objects.of(request.workspace), pk=pk)


def _to_form(request: MemberRequest) -> HttpResponse:
    return see_other(reverse("process:quality_form", args=[request.workspace.slug]))
