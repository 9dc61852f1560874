"""A case: its page, and what a page that stays open asks for."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from goodword.care import listing, timeline
from goodword.care.inbox import list_query
from goodword.care.lock import standing_case
from goodword.care.models import Case
from goodword.care.models.case import is_overdue
from goodword.care.seen import mark_seen, mark_unread
from goodword.care.views._case import case_url, changed, find_case
from goodword.care.views._composer import composer_context
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import show, wants_fragment

MOST_ROWS = 60


@require_GET
@needs(Role.VIEWER)
def case(request: MemberRequest, number: int) -> HttpResponse:
    """The conversation. The list it was found in comes beside it by a request of its own.

    `before` shows the page before a place in it.
    """
    case = find_case(request, number)
    if case.merged_into_id is not None:
        return redirect(case_url(standing_case(case)))
    if "before" in request.GET and wants_fragment(request):
        context = {"case": case, "timeline": timeline.before(case, request.GET["before"]), "now": current_time()}
        return show(request, "care/case.html", "care/_earlier.html", context)
    context = {
        **case_context(request, case),
        "timeline": timeline.before(case, request.GET.get("before", "")),
        **composer_context(request, case),
    }
    mark_seen(case=case, by=request.agent)
    return show(request, "care/case.html", "care/_case.html", context)


@require_GET
@needs(Role.VIEWER)
def latest(request: MemberRequest, number: int) -> HttpResponse:
    """The conversation from `since` on, the header and the row of the list, for a page that shows them already."""
    case = find_case(request, number)
    context = {
        **case_context(request, case),
        "timeline": timeline.since(case, request.GET.get("since", "")),
        "rows": listing.rows([case.pk], workspace=request.workspace, agent=request.agent, now=current_time()),
    }
    mark_seen(case=case, by=request.agent)
    return show(request, "care/_latest.html", "care/_latest.html", context)


@require_GET
@needs(Role.VIEWER)
def rows(request: MemberRequest) -> HttpResponse:
    """Rows of the list as they are now, for a page that shows them already."""
    ids = [pk for pk in map(read_id, request.GET.get("ids", "").split(",")[:MOST_ROWS]) if pk is not None]
    context = {
        "rows": listing.rows(ids, workspace=request.workspace, agent=request.agent, now=current_time()),
        "may_bulk": request.membership.may(Role.LEAD),
        "list_query": list_query(request.GET),
        "now": current_time(),
    }
    return show(request, "care/_rows.html", "care/_rows.html", context)


@require_POST
@needs(Role.VIEWER)
def unread(request: MemberRequest, number: int) -> HttpResponse:
    """Let the case stand out in the list again."""
    case = find_case(request, number)
    mark_unread(case=case, by=request.agent)
    return changed(request, case, "")


def case_context(request: MemberRequest, case: Case) -> dict[str, Any]:
    """What the header and the rows of the conversation need."""
    now = current_time()
    return {
        "case": case,
        "open_case_id": case.pk,
        "customer": case.identity.customer_name,
        "overdue": is_overdue(case.next_due_at, now),
        "channel": case.source.capabilities,
        "episode": case.episodes.order_by("-number").first(),
        "may_act": request.membership.may(Role.AGENT),
        "may_bulk": request.membership.may(Role.LEAD),
        "list_query": list_query(request.GET),
        "now": now,
    }
