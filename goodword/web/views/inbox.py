"""The inbox."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goodword.care.filters import CaseFilter
from goodword.care.inbox import filters_of, read_inbox, sort_names
from goodword.care.models import Case, Label, Priority, State
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.listen.models import Source
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Membership, Role, Team
from goodword.staff.who_may import who_may
from goodword.triage.models import Cause
from goodword.ui.answers import show
from goodword.web.set_up import hears

LAST_WORKSPACE = "workspace"  # in the session


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Today in the workspace that was visited last, or its set-up until anything is heard; for strangers the way in."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    found = list(Membership.objects.filter(agent=request.user).select_related("workspace").order_by("pk"))
    if not found:
        return show(request, "web/no_workspace.html", "web/no_workspace.html")
    last = request.session.get(LAST_WORKSPACE)
    chosen = next((one for one in found if one.workspace_id == last), found[0])
    page = "web:today" if hears(chosen.workspace) else "web:set_up"
    return redirect(page, workspace=chosen.workspace.slug)


@require_GET
@needs(Role.VIEWER)
def inbox(request: MemberRequest) -> HttpResponse:
    """The list, and room for the conversation beside it; with `case`, that conversation."""
    number = read_id(request.GET.get("case", ""))
    if number is not None and Case.objects.of(request.workspace).filter(number=number).exists():
        query = request.GET.copy()
        del query["case"]
        response = redirect("care:case", workspace=request.workspace.slug, number=number)
        response["Location"] += f"?{query.urlencode()}" if query else ""
        return response
    if request.session.get(LAST_WORKSPACE) != request.workspace.pk:
        request.session[LAST_WORKSPACE] = request.workspace.pk
    context = read_inbox(request.workspace, request.membership, request.GET, now=current_time())
    return show(request, "web/inbox.html", _part_asked_for(request.GET), context)


def _part_asked_for(query: QueryDict) -> str:
    """The next rows, the list with what stands above it (beside a case), or the list alone."""
    if "after" in query:
        return "care/_more_rows.html"
    return "care/_list_beside.html" if "pane" in query else "care/_list.html"


@require_GET
@needs(Role.VIEWER)
def filters(request: MemberRequest) -> HttpResponse:
    """A form for the inbox's address."""
    context = {
        "chosen": CaseFilter.read(filters_of(request.GET)),
        "states": State,
        "priorities": Priority,
        "sorts": sort_names().items(),
        "labels": Label.objects.of(request.workspace).order_by("name"),
        "causes": Cause.objects.of(request.workspace).in_order(),
        "teams": Team.objects.of(request.workspace).order_by("name"),
        "members": who_may(Role.VIEWER, workspace=request.workspace),
        "channels": Source.objects.of(request.workspace)
        .values_list("channel", flat=True)
        .distinct()
        .order_by("channel"),
        "heading": _("Filter"),
        "fragment": "web/_filters.html",
    }
    return show(request, "ui/dialog_page.html", "web/_filters.html", context)
