"""Topics: what people talk about that no search names yet."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.web.listening_topics import read_topics


@require_GET
@needs(Role.VIEWER)
def topics(request: MemberRequest) -> HttpResponse:
    """All that the last review found."""
    now = current_time()
    context = {
        "page": read_topics(request.workspace, now=now),
        "may_save": request.membership.may(Role.LEAD),
        "now": now,
    }
    return render(request, "web/topics.html", context)
