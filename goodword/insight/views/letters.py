"""The weekly letters: to read, to copy, and as plain text."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from goodword.insight.letters import WEEKS_BACK, read_letter
from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.staff.week import read_week, weeks_back
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
    week = read_week(request.workspace, request.GET.get("week", ""), back=WEEKS_BACK, now=now)
    try:
        audience = Audience(request.GET.get("audience", Audience.PRODUCT.value))
    except ValueError as error:
        raise Http404 from error
    if week is None:
        raise Http404
    return {
        "letter": read_letter(request.workspace, week, audience),
        "house": request.workspace.name,
        "mondays": weeks_back(request.workspace, WEEKS_BACK, now=now),
        "audiences": Audience.choices,
        "now": now,
    }
