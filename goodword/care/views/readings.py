"""What a draft promises, while it is being written."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from goodword.care.views._case import find_case
from goodword.care.views._reading import reading_context
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role


@require_POST
@needs(Role.AGENT)
def reading(request: MemberRequest, number: int) -> HttpResponse:
    """Asked a moment after the last key; what was confirmed stays so. Nothing is stored: sending does that."""
    case = find_case(request, number)
    return render(request, "care/_reading.html", reading_context(request, case, text=request.POST.get("text", "")))
