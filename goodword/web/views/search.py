"""Search."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from goodword.care.filters import LONGEST_QUERY
from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import show
from goodword.web.search import examples
from goodword.web.search import search as search_for


@require_GET
@needs(Role.VIEWER)
def search(request: MemberRequest) -> HttpResponse:
    """What was typed, and what it finds; with nothing typed, what can be."""
    now, text = current_time(), request.GET.get("q", "")[:LONGEST_QUERY]
    results = None
    if text.strip():
        after = request.GET.get("after", "")
        results = search_for(text, workspace=request.workspace, agent=request.agent, after=after, now=now)
    context = {"q": text, "results": results, "examples": examples(), "now": now}
    return show(request, "web/search.html", "web/_hits.html", context)
