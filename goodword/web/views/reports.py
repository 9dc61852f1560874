"""Reports."""

from __future__ import annotations

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goodword.kernel.clock import current_time
from goodword.listen.models import Source
from goodword.process.deadline_report import as_rows, deadline_report
from goodword.process.survey_figures import survey_figures
from goodword.process.waiting_by_reach import waiting_by_reach
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role, Team
from goodword.web.reports import PERIODS, read_asked, read_report
from goodword.web.working_rows import working_rows


@require_GET
@needs(Role.VIEWER)
def reports(request: MemberRequest) -> HttpResponse:
    """How solved, how covered, how fast."""
    now = current_time()
    asked = read_asked(request.workspace, request.GET, now=now)
    sources = Source.objects.of(request.workspace)
    channels = list(sources.values_list("channel", flat=True).distinct().order_by("channel"))
    teams = list(Team.objects.of(request.workspace).order_by("name"))
    nps, ces = survey_figures(request.workspace, since=asked.scope.since, until=asked.scope.until)
    context = {
        "nps": nps,
        "ces": ces,
        "deadlines": deadline_report(asked.scope, now=now),
        "by_reach": waiting_by_reach(asked.scope),
        "working": working_rows(asked.scope, channels=channels, teams=teams),
        "asked": asked,
        "report": read_report(asked, channels=channels, teams=teams),
        "periods": PERIODS,
        "channels": channels,
        "teams": teams,
        "now": now,
    }
    return render(request, "web/reports.html", context, status=422 if asked.problem else 200)


@require_GET
@needs(Role.VIEWER)
def deadlines_csv(request: MemberRequest) -> HttpResponse:
    """The share of deadlines met by policy and team, for spreadsheets."""
    now = current_time()
    asked = read_asked(request.workspace, request.GET, now=now)
    name = f"deadlines-{asked.first.isoformat()}-{asked.last.isoformat()}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    csv.writer(response).writerows(as_rows(deadline_report(asked.scope, now=now)))
    return response
