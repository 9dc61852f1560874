"""Today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goodword.kernel.clock import current_time
from goodword.staff.hours_page import read_watch
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.web.today import read_today


@require_GET
@needs(Role.VIEWER)
def today(request: MemberRequest) -> HttpResponse:
    """What needs somebody now."""
    now = current_time()
    context = {
        "today": read_today(request.workspace, request.agent, now=now),
        "watch": read_watch(request.workspace, now=now),
        "now": now,
    }
    return render(request, "web/today.html", context)
