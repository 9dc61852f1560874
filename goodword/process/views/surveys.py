"""Surveys about the relationship: what customers say, and how many are asked."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.process.models import Survey, SurveyKind, SurveyPlan
from goodword.process.plan_surveys import MOST_A_WEEK, BadSurveyPlan, plan_survey
from goodword.process.rules.surveys import QUIET, SELDOM
from goodword.process.survey_figures import survey_figures
from goodword.process.survey_words import question
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import see_other

PERIOD = timedelta(days=90)
SHOWN = 20  # words of customers


@require_GET
@needs(Role.VIEWER)
def surveys(request: MemberRequest) -> HttpResponse:
    """All of it."""
    return _page(request)


@require_POST
@needs(Role.LEAD)
def plan(request: MemberRequest) -> HttpResponse:
    """How many are asked."""
    kind, typed = request.POST.get("kind", ""), request.POST.get("a_week", "")
    try:
        plan_survey(
            workspace=request.workspace,
            kind=kind,
            a_week=read_id(typed.strip()),
            by=request.agent,
            now=current_time(),
        )
    except BadSurveyPlan as error:
        return _page(request, kind=kind, typed=typed, problem=str(error))
    messages.success(request, _("Kept."))
    return see_other(reverse("process:surveys", args=[request.workspace.slug]))


def _page(request: MemberRequest, *, kind: str = "", typed: str = "", problem: str = "") -> HttpResponse:
    now = current_time()
    plans = dict(SurveyPlan.objects.of(request.workspace).values_list("kind", "a_week"))
    nps, ces = survey_figures(request.workspace, since=now - PERIOD, until=now)
    said = Survey.objects.of(request.workspace).exclude(comment="").select_related("person").order_by("-answered_at")
    context = {
        "nps": nps,
        "ces": ces,
        "plans": [
            {
                "kind": value,
                "label": label,
                "question": question(value, request.workspace.name),
                "a_week": typed[:20] if value == kind else plans.get(value, 0),
                "problem": problem if value == kind else "",
            }
            for value, label in SurveyKind.choices
        ],
        "said": said[:SHOWN],
        "days": PERIOD.days,
        "quiet": QUIET.days,
        "seldom": SELDOM.days,
        "most": MOST_A_WEEK,
        "is_lead": request.membership.may(Role.LEAD),
        "now": now,
    }
    return render(request, "process/surveys.html", context, status=422 if problem else 200)
