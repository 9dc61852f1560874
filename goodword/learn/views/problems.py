"""Problems: what lies behind many cases."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.care.models import Case
from goodword.care.models.case import CaseQuerySet
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.learn.counts import trend_of, weeks_say
from goodword.learn.forms import ProblemForm
from goodword.learn.models import Improvement, Problem
from goodword.learn.models.improvement import Stage
from goodword.learn.save_problem import BadProblem, close_problem, link_cases, save_problem
from goodword.learn.views._forms import show_form
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done
from goodword.ui.sparkline import sparkline

MOST_CASES = 100
MOST_LINKED = 1_000  # at once
LOOKS: Mapping[str, str] = {Stage.FIXED: "good", Stage.BACK: "danger", Stage.UNPROVEN: "warn", Stage.WATCHED: "info"}


@require_GET
@needs(Role.VIEWER)
def problems(request: MemberRequest) -> HttpResponse:
    """The open ones, then the closed ones; what came back first."""
    found = (
        Problem.objects.of(request.workspace)
        .select_related("cause__area")
        .prefetch_related("improvements__owner")
        .annotate(linked=Count("links"))
        .order_by("-opened_at", "-pk")
    )
    now = current_time()
    open_ones = sorted((each for each in found if each.closed_at is None), key=lambda each: not _is_back(each))
    context = {
        "open_problems": open_ones,
        "closed_problems": [each for each in found if each.closed_at is not None],
        "looks": LOOKS,
        "today": now.date(),
        "may_act": request.membership.may(Role.AGENT),
        "now": now,
    }
    return render(request, "learn/problems.html", context)


@require_GET
@needs(Role.VIEWER)
def problem(request: MemberRequest, problem: int) -> HttpResponse:
    """One of them: what is done about it, and who told of it."""
    now, found = current_time(), find_problem(request, problem)
    cases = found.cases.select_related("identity__person").order_by("-opened_at", "-pk")
    trend = trend_of(found.cause, now=now)
    context = {
        "problem": found,
        "improvements": Improvement.objects.of(request.workspace)
        .filter(problem=found)
        .select_related("owner")
        .order_by("due_on", "pk"),
        "looks": LOOKS,
        "cases": cases[:MOST_CASES],
        "count": cases.count(),
        "unlinked": _unlinked(found).count(),
        "line": sparkline(trend, says=weeks_say(trend)),
        "trend": trend,
        "may_act": request.membership.may(Role.AGENT),
        "today": now.date(),
        "now": now,
    }
    return render(request, "learn/problem.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def new(request: MemberRequest) -> HttpResponse:
    """Open one, e.g. for the cause that the address names; the cases of the cause are linked at once."""
    return _write(request, None, _("New problem"))


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def change(request: MemberRequest, problem: int) -> HttpResponse:
    """Say more of it, or open it again."""
    return _write(request, find_problem(request, problem), _("Change the problem"))


@require_POST
@needs(Role.AGENT)
def closing(request: MemberRequest, problem: int) -> HttpResponse:
    """Nothing more is to be done."""
    found = find_problem(request, problem)
    close_problem(problem=found, by=request.agent, now=current_time())
    return done(request, go_to=problem_url(request, found), says=_("Closed. It opens again if the cause comes back."))


@require_POST
@needs(Role.AGENT)
def links(request: MemberRequest, problem: int) -> HttpResponse:
    """Link one case by its number, all cases of the cause, or take one out."""
    found = find_problem(request, problem)
    cases = Case.objects.of(request.workspace).standing()
    numbers = [read_id(request.POST.get(name, "").lstrip("#")) or 0 for name in ("case", "take_out")]
    one, out = list(cases.filter(number=numbers[0])), list(cases.filter(number=numbers[1]))
    every = list(_unlinked(found)[:MOST_LINKED]) if request.POST.get("every") else []
    if not (one or out or every):
        says = _("There is no such case: type its number.")
    else:
        added = link_cases(problem=found, add=one + every, remove=out, by=request.agent, now=current_time())
        says = ngettext("%(n)d case linked.", "%(n)d cases linked.", added) % {"n": added} if added else _("Changed.")
    return done(request, go_to=problem_url(request, found), says=says)


def find_problem(request: MemberRequest, pk: int) -> Problem:
    """The problem of this workspace, or 404."""
    return get_object_or_404(Problem.objects.of(request.workspace).select_related("cause__area"), pk=pk)


def problem_url(request: MemberRequest, problem: Problem) -> str:
    """Its page."""
    return reverse("learn:problem", args=[request.workspace.slug, problem.pk])


def _write(request: MemberRequest, problem: Problem | None, heading: str) -> HttpResponse:
    before: dict[str, object] = {"cause": request.GET.get("cause", "")}
    if problem is not None:
        before = {"title": problem.title, "about": problem.about, "cause": problem.cause_id}
    form = ProblemForm(request.workspace, request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        now = current_time()
        try:
            kept = save_problem(
                workspace=request.workspace, problem=problem, by=request.agent, now=now, **form.cleaned_data
            )
        except BadProblem as error:
            form.add_error("title", str(error))
        else:
            if problem is None:
                link_cases(problem=kept, add=list(_unlinked(kept)[:MOST_LINKED]), by=request.agent, now=now)
            return done(
                request, go_to=problem_url(request, kept), says=_("Kept."), go_to_page=problem_url(request, kept)
            )
    return show_form(request, form, heading)


def _unlinked(problem: Problem) -> CaseQuerySet:
    """Cases of its cause that are not linked to it."""
    cases = Case.objects.of(problem.workspace_id).standing().filter(cause=problem.cause_id)
    return cases.exclude(pk__in=problem.links.values("case")).order_by("-opened_at")


def _is_back(problem: Problem) -> bool:
    return any(each.stage == Stage.BACK for each in problem.improvements.all())
