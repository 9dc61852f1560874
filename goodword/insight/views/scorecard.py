"""The scorecard, and the cases behind each of its figures."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goodword.insight.measures import MEASURES, Measure
from goodword.insight.scorecard import days_counted, p_names, read_line, read_scorecard, targets_of, written
from goodword.insight.weeks import WEEK, Tally, week_begins
from goodword.kernel.clock import current_time
from goodword.learn.set_target import BadTarget, set_target
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show

MOST_CASES = 100


@require_GET
@needs(Role.VIEWER)
def scorecard(request: MemberRequest) -> HttpResponse:
    """All of it."""
    now = current_time()
    context = {"card": read_scorecard(request.workspace, now=now), "days": days_counted(), "now": now}
    return render(request, "insight/scorecard.html", context)


@require_GET
@needs(Role.VIEWER)
def measure(request: MemberRequest) -> HttpResponse:
    """One measure: what it means, week by week, and the cases that fall short."""
    now, found = current_time(), _named(request)
    since = now - timedelta(days=days_counted())
    cases = None
    if found.behind is not None:
        cases = found.behind(request.workspace, since, now).select_related("identity__person")
        cases = cases.order_by("-opened_at", "-pk")
    line = read_line(request.workspace, found, targets=targets_of(request.workspace), now=now)
    context = {
        "measure": found,
        "p": p_names()[found.p],
        "line": line,
        "weeks": [
            (
                begin,
                begin + WEEK,
                tally,
                written(tally.part if found.in_hours else tally.share, in_hours=found.in_hours),
            )
            for begin, tally in zip(week_begins(now), line.weeks, strict=True)
        ],
        "cases": cases[:MOST_CASES] if cases is not None else None,
        "count": cases.count() if cases is not None else 0,
        "days": days_counted(),
        "may_change": request.membership.may(Role.LEAD),
        "now": now,
    }
    return render(request, "insight/measure.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def target(request: MemberRequest) -> HttpResponse:
    """What the measure is to be."""
    found = _named(request)
    now_set = targets_of(request.workspace).get(found.key, found.target)
    given = request.POST.get("value", f"{now_set if found.in_hours else 100 * now_set:g}")
    context = {
        "measure": found,
        "value": given,
        "heading": _("Target"),
        "fragment": "insight/_target.html",
    }
    if request.method == "GET":
        return show(request, "ui/dialog_page.html", "insight/_target.html", context)
    try:
        set_target(
            workspace=request.workspace,
            measure=found.key,
            value=_figure(given) / (1 if found.in_hours else 100),
            in_hours=found.in_hours,
            by=request.agent,
            now=current_time(),
        )
    except BadTarget as error:
        return show(request, "ui/dialog_page.html", "insight/_target.html", context | {"error": str(error)}, status=422)
    back = reverse("insight:scorecard", args=[request.workspace.slug])
    return done(request, go_to=back, says=_("The target is set."), go_to_page=back)


def _value(measure: Measure, tally: Tally) -> float | None:
    return tally.part if measure.in_hours else tally.share


def _named(request: MemberRequest) -> Measure:
    found = next((each for each in MEASURES if each.key == request.GET.get("measure")), None)
    if found is None:
        raise Http404
    return found


def _figure(given: str) -> float:
    """A plain number with at most one point or comma; anything else can be no target."""
    plain = given.strip().replace(",", ".")
    if not (plain.isascii() and len(plain) <= 8 and plain.replace(".", "", 1).isdigit()):
        raise BadTarget(_("Type a number."))
    return float(plain)
