"""Improvements: planned, in place, and judged by the complaints."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.care.saved_replies import VARIABLES, UnknownVariable
from goodword.care.terms import NoWords
from goodword.honesty.drafts import wait_for_worker
from goodword.honesty.send_over import HeldBack
from goodword.kernel.clock import current_time
from goodword.learn.evidence import gather, kept_evidence
from goodword.learn.forms import ImprovementForm
from goodword.learn.improve import BadPlan, put_in_place, save_improvement, take_out
from goodword.learn.models import Improvement, Problem, Told
from goodword.learn.reporters import MOST_IN_PUBLIC, telling
from goodword.learn.tell import TooEarly, tell_reporters
from goodword.learn.views._forms import show_form
from goodword.learn.views.problems import LOOKS, find_problem
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show


@require_GET
@needs(Role.VIEWER)
def improvement(request: MemberRequest, improvement: int) -> HttpResponse:
    """One of them, with what was counted."""
    now, found = current_time(), _find(request, improvement)
    told = Told.objects.of(request.workspace).filter(improvement=found).select_related("case", "message")
    context = {
        "improvement": found,
        "problem": found.problem,
        "evidence": gather(found, now=now),
        "judged": kept_evidence(found.evidence),
        "look": LOOKS.get(found.stage, ""),
        "told": told.order_by("-pk")[:100],
        "told_count": told.filter(refused="").count(),
        "late": found.is_late(now.date()),
        "may_act": request.membership.may(Role.AGENT),
        "now": now,
    }
    return render(request, "learn/improvement.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def new(request: MemberRequest, problem: int) -> HttpResponse:
    """Plan one."""
    return _write(request, find_problem(request, problem), None, _("Plan an improvement"))


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def change(request: MemberRequest, improvement: int) -> HttpResponse:
    """Change the plan."""
    found = _find(request, improvement)
    return _write(request, found.problem, found, _("Change the plan"))


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def in_place(request: MemberRequest, improvement: int) -> HttpResponse:
    """Since when it helps; from then on the complaints are watched."""
    found, now = _find(request, improvement), current_time()
    context = {"improvement": found, "heading": _("Since when is it in place?"), "fragment": "learn/_in_place.html"}
    if request.method == "GET":
        context["at"] = now.astimezone(ZoneInfo(request.workspace.zone)).strftime("%Y-%m-%dT%H:%M")
        return show(request, "ui/dialog_page.html", "learn/_in_place.html", context)
    given = request.POST.get("at", "")
    try:
        at = parse_datetime(given)
    except ValueError:
        at = None
    try:
        if at is None:
            raise BadPlan("at", _("Choose a day and a time."))
        at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(request.workspace.zone))
        put_in_place(improvement=found, at=at, by=request.agent, now=now)
    except BadPlan as error:
        context |= {"at": given, "error": str(error)}
        return show(request, "ui/dialog_page.html", "learn/_in_place.html", context, status=422)
    url = _address(request, found)
    return done(request, go_to=url, says=_("From now on the complaints are watched."), go_to_page=url)


@require_POST
@needs(Role.AGENT)
def withdrawal(request: MemberRequest, improvement: int) -> HttpResponse:
    """It is not in place after all."""
    found = _find(request, improvement)
    take_out(improvement=found, by=request.agent, now=current_time())
    return done(request, go_to=_address(request, found), says=_("It is planned again."))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def words(request: MemberRequest, improvement: int) -> HttpResponse:
    """Who is told, with what and where, and who can't be: first to look at, then sent."""
    found, now = _find(request, improvement), current_time()
    text, over = request.POST.get("text") or _usual_words(), request.POST.get("reason", "")
    context: dict[str, Any] = {
        "improvement": found,
        "text": text,
        "variables": VARIABLES,
        "most_in_public": MOST_IN_PUBLIC,
        "now": now,
    }
    try:
        if request.POST.get("send"):
            wait_for_worker(request.workspace, text, public=True, now=now)
            count = tell_reporters(improvement=found, by=request.agent, text=text, over=over, now=now)
            says = ngettext("%(n)d person is told.", "%(n)d people are told.", count) % {"n": count}
            return done(request, go_to=_address(request, found), says=says)
        context["telling"] = telling(found, text=text, by=request.agent, now=now)
    except HeldBack as held:
        context |= {"error": str(held), "found": held.found, "reason": over, "asks_why": True}
        context["telling"] = telling(found, text=text, by=request.agent, now=now)
        return render(request, "learn/telling.html", context, status=422)
    except (UnknownVariable, NoWords, TooEarly) as error:
        return render(request, "learn/telling.html", context | {"error": str(error)}, status=422)
    return render(request, "learn/telling.html", context)


def _usual_words() -> str:
    return _(
        "Hello, you told us about this, and you were right. We have changed it, and it should not happen again. Thank "
        "you for telling us. If it does, just answer here."
    )


def _write(request: MemberRequest, problem: Problem, improvement: Improvement | None, heading: str) -> HttpResponse:
    before: dict[str, object] = {"owner": request.agent.pk}
    if improvement is not None:
        before = {name: getattr(improvement, name) for name in ("what", "owner", "due_on", "days")}
    form = ImprovementForm(request.workspace, request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        try:
            kept = save_improvement(
                problem=problem, improvement=improvement, by=request.agent, now=current_time(), **form.cleaned_data
            )
        except BadPlan as error:
            form.add_error(error.field, str(error))
        else:
            url = _address(request, kept)
            return done(request, go_to=url, says=_("Kept."), go_to_page=url)
    return show_form(request, form, heading)


def _find(request: MemberRequest, pk: int) -> Improvement:
    found = Improvement.objects.of(request.workspace).select_related("problem__cause__area", "owner")
    return get_object_or_404(found, pk=pk)


def _address(request: MemberRequest, improvement: Improvement) -> str:
    return reverse("learn:improvement", args=[request.workspace.slug, improvement.pk])
