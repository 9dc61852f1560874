"""Notices: what an agent should know."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.care.models import Case
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.listen.models import SavedSearch
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Notice, Role
from goodword.staff.read_notices import read_notices
from goodword.ui.answers import done, see_other
from goodword.web.notices import case_id, count_unread, read_page, search_id


@require_GET
@needs(Role.VIEWER)
def notices(request: MemberRequest) -> HttpResponse:
    """One's own, newest first."""
    context = {
        "page": read_page(request.workspace, request.agent, before=read_id(request.GET.get("before", ""))),
        "unread": count_unread(request.workspace, request.agent),
        "now": current_time(),
    }
    return render(request, "web/notices.html", context)


@require_POST
@needs(Role.VIEWER)
def reading(request: MemberRequest, notice: int) -> HttpResponse:
    """Mark one as read, and go to what it is about."""
    found = get_object_or_404(Notice.objects.of(request.workspace).filter(agent=request.agent), pk=notice)
    read_notices(workspace=request.workspace, agent=request.agent, notice_ids=[found.pk], now=current_time())
    search = SavedSearch.objects.of(request.workspace).filter(pk=search_id(found) or 0).first()
    if search is not None:
        explorer = reverse("listening:explorer", args=[request.workspace.slug])
        return see_other(f"{explorer}?{urlencode({'q': search.text})}")
    if found.subject.startswith("calendar:"):
        return see_other(reverse("team:hours", args=[request.workspace.slug]))
    if found.kind == Notice.Kind.SILENT:
        source = read_id(found.subject.partition(":")[2]) or 0
        return see_other(reverse("listen:source", args=[request.workspace.slug, source]))
    if found.kind == Notice.Kind.RULE_OFF:
        return see_other(reverse("process:rules", args=[request.workspace.slug]))
    if found.kind == Notice.Kind.LEARNED:
        improvement = read_id(found.subject.partition(":")[2]) or 0
        return see_other(reverse("learn:improvement", args=[request.workspace.slug, improvement]))
    if found.subject.startswith("topic:"):
        topics = reverse("listening:topics", args=[request.workspace.slug])
        return see_other(f"{topics}#{found.subject.replace(':', '-')}")
    case = Case.objects.of(request.workspace).filter(pk=case_id(found) or 0).first()
    if case is None:
        return see_other(_list(request))
    return see_other(reverse("care:case", args=[request.workspace.slug, case.number]))


@require_POST
@needs(Role.VIEWER)
def all_reading(request: MemberRequest) -> HttpResponse:
    """Mark all as read."""
    read_notices(workspace=request.workspace, agent=request.agent, now=current_time())
    return done(request, go_to=_list(request), says=_("All read."))


def _list(request: MemberRequest) -> str:
    return reverse("web:notices", args=[request.workspace.slug])
