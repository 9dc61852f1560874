"""Teams: groups of agents that a case can be given to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Membership, Role, Team
from goodword.staff.teams import BadTeam, delete_team, save_team
from goodword.ui.answers import done, show


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new(request: MemberRequest) -> HttpResponse:
    """Make one."""
    return _write(request, None, _("New team"))


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def change(request: MemberRequest, team: int) -> HttpResponse:
    """Another name, other members."""
    found = get_object_or_404(Team.objects.of(request.workspace), pk=team)
    return _write(request, found, found.name)


@require_POST
@needs(Role.LEAD)
def deletion(request: MemberRequest, team: int) -> HttpResponse:
    """Dissolve it."""
    found = get_object_or_404(Team.objects.of(request.workspace), pk=team)
    delete_team(team=found, by=request.agent, now=current_time())
    return done(request, go_to=_list(request), says=_("The team is dissolved."), go_to_page=_list(request))


def _write(request: MemberRequest, found: Team | None, heading: str) -> HttpResponse:
    context: dict[str, Any] = {
        "team": found,
        "name": found.name if found else "",
        "chosen": {agent.pk for agent in found.members.all()} if found else set(),
        "members": Membership.objects.filter(workspace=request.workspace)
        .select_related("agent")
        .order_by("agent__name"),
        "heading": heading,
        "fragment": "staff/_team.html",
    }
    if request.method == "GET":
        return show(request, "ui/dialog_page.html", "staff/_team.html", context)
    context["name"] = request.POST.get("name", "")
    context["chosen"] = {pk for pk in map(read_id, request.POST.getlist("agent")) if pk is not None}
    try:
        save_team(
            workspace=request.workspace,
            team=found,
            name=context["name"],
            agent_ids=context["chosen"],
            by=request.agent,
            now=current_time(),
        )
    except BadTeam as error:
        context["error"] = str(error)
        return show(request, "ui/dialog_page.html", "staff/_team.html", context, status=422)
    return done(request, go_to=_list(request), says=_("Kept."), go_to_page=_list(request))


def _list(request: MemberRequest) -> str:
    return reverse("team:members", args=[request.workspace.slug])
