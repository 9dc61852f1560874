"""Reports."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goodword.kernel.clock import current_time
from goodword.listen.models import Source
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role, Team
from goodword.web.reports import PERIODS, read_asked, read_report


@require_GET
@needs(Role.VIEWER)
def reports(request: MemberRequest) -> HttpResponse:
    """How solved, how covered, how fast."""
    now = current_time()
    asked = read_asked(request.workspace, request.GET, now=now)
    sources = Source.objects.of(request.workspace)
    channels = list(sources.values_list("channel", flat=True).distinct().order_by("channel"))
    teams = list(Team.objects.of(request.workspace).order_by("name"))
    context = {
        "asked": asked,
        "report": read_report(asked, channels=channels, teams=teams),
        "periods": PERIODS,
        "channels": channels,
        "teams": teams,
        "now": now,
    }
    return render(request, "web/reports.html", context, status=422 if asked.problem else 200)
