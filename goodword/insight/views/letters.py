"""The weekly letters: to read, to copy, and as plain text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from goodword.insight.letters import WEEKS_BACK, last_week, read_letter, week_of
from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.triage.models import Audience


@require_GET
@needs(Role.VIEWER)
def letter(request: MemberRequest) -> HttpResponse:
    """The letter of a week to an audience; last week's to product unless the address says otherwise."""
    context = _read(request)
    plain = render_to_string("insight/letter.txt", context)
    return render(request, "insight/letter.html", context | {"plain": plain.strip()})


@require_GET
@needs(Role.VIEWER)
def text(request: MemberRequest) -> HttpResponse:
    """The same as plain text, for whoever fetches it."""
    plain = render_to_string("insight/letter.txt", _read(request)).strip() + "\n"
    return HttpResponse(plain, content_type="text/plain; charset=utf-8")


def _read(request: MemberRequest) -> dict[str, Any]:
    now = current_time()
    latest = last_week(request.workspace, now=now)
    week, audience = latest, Audience.PRODUCT
    try:
        if given := request.GET.get("week"):
            week = week_of(request.workspace, date.fromisoformat(given))
        audience = Audience(request.GET.get("audience", audience.value))
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    mondays = [latest.monday - timedelta(weeks=n) for n in range(WEEKS_BACK)]
    if week.monday not in mondays:
        raise Http404
    return {
        "letter": read_letter(request.workspace, week, audience),
        "house": request.workspace.name,
        "mondays": mondays,
        "audiences": Audience.choices,
        "now": now,
    }
