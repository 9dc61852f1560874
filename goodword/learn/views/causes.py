"""Causes: how often each is complained of, and the cases behind it."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.care.models import Case
from goodword.kernel.clock import current_time
from goodword.learn.counts import cause_table, trend_of, weeks_say
from goodword.learn.forms import AreaForm, CauseForm
from goodword.learn.models import Problem
from goodword.learn.views._forms import show_form
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.triage.models import Area, Audience, Cause, CauseLesson
from goodword.triage.save_cause import BadCause, retire_cause, save_area, save_cause
from goodword.ui.answers import done
from goodword.ui.sparkline import sparkline

PERIODS = (7, 28, 90)  # days
MOST_CASES = 100


@require_GET
@needs(Role.VIEWER)
def causes(request: MemberRequest) -> HttpResponse:
    """All of them, the most frequent first."""
    now, days = current_time(), _days(request)
    context = {
        "table": cause_table(request.workspace, days=days, now=now),
        "lesson": CauseLesson.objects.of(request.workspace).first(),
        "days": days,
        "periods": PERIODS,
        "may_change": request.membership.may(Role.LEAD),
        "now": now,
    }
    return render(request, "learn/causes.html", context)


@require_GET
@needs(Role.VIEWER)
def cause(request: MemberRequest, cause: int) -> HttpResponse:
    """One of them: its course, its problems, and its cases in the period."""
    now, days, found = current_time(), _days(request), _find(request, cause)
    cases = (
        Case.objects.of(request.workspace)
        .standing()
        .filter(cause=found, opened_at__gte=now - timedelta(days=days), opened_at__lt=now)
        .select_related("identity__person")
        .order_by("-opened_at", "-pk")
    )
    trend = trend_of(found, now=now)
    context = {
        "cause": found,
        "cases": cases[:MOST_CASES],
        "count": cases.count(),
        "line": sparkline(trend, says=weeks_say(trend)),
        "trend": trend,
        "problems": Problem.objects.of(request.workspace).filter(cause=found).order_by("-opened_at"),
        "days": days,
        "periods": PERIODS,
        "may_act": request.membership.may(Role.AGENT),
        "may_change": request.membership.may(Role.LEAD),
        "now": now,
    }
    return render(request, "learn/cause.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new_area(request: MemberRequest) -> HttpResponse:
    """Name a part of the business."""
    return _write_area(request, None, _("New area"))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def change_area(request: MemberRequest, area: int) -> HttpResponse:
    """Another name, other readers."""
    return _write_area(request, get_object_or_404(Area.objects.of(request.workspace), pk=area), _("Change the area"))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new_cause(request: MemberRequest) -> HttpResponse:
    """Name what goes wrong."""
    if not Area.objects.of(request.workspace).exists():
        return _write_area(request, None, _("New area"))  # a cause needs one
    return _write_cause(request, None, _("New cause"))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def change_cause(request: MemberRequest, cause: int) -> HttpResponse:
    """Another name, another area, or in use again."""
    return _write_cause(request, _find(request, cause), _("Change the cause"))


@require_POST
@needs(Role.LEAD)
def retirement(request: MemberRequest, cause: int) -> HttpResponse:
    """Give it to no further case."""
    found = _find(request, cause)
    retire_cause(cause=found, by=request.agent, now=current_time())
    return done(request, go_to=_address(request, found), says=_("It is given to no further case."))


def _write_area(request: MemberRequest, area: Area | None, heading: str) -> HttpResponse:
    before = {"name": area.name, "audiences": area.audiences} if area else {"audiences": [Audience.SERVICE]}
    form = AreaForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        try:
            save_area(
                workspace=request.workspace,
                area=area,
                name=form.cleaned_data["name"],
                audiences=[Audience(each) for each in form.cleaned_data["audiences"]],
                by=request.agent,
                now=current_time(),
            )
        except BadCause as error:
            form.add_error("name", str(error))
        else:
            return _kept(request)
    return show_form(request, form, heading)


def _write_cause(request: MemberRequest, cause: Cause | None, heading: str) -> HttpResponse:
    before = {"name": cause.name, "area": cause.area_id} if cause else {"area": request.GET.get("area", "")}
    form = CauseForm(request.workspace, request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        try:
            save_cause(
                workspace=request.workspace, cause=cause, by=request.agent, now=current_time(), **form.cleaned_data
            )
        except BadCause as error:
            form.add_error("name", str(error))
        else:
            return _kept(request)
    return show_form(request, form, heading)


def _kept(request: MemberRequest) -> HttpResponse:
    table = reverse("learn:causes", args=[request.workspace.slug])
    return done(request, go_to=table, says=_("Kept."), go_to_page=table)


def _find(request: MemberRequest, pk: int) -> Cause:
    return get_object_or_404(Cause.objects.of(request.workspace).select_related("area"), pk=pk)


def _address(request: MemberRequest, cause: Cause) -> str:
    return reverse("learn:cause", args=[request.workspace.slug, cause.pk])


def _days(request: MemberRequest) -> int:
    given = request.GET.get("days", "")
    return int(given) if given in {str(days) for days in PERIODS} else 28
