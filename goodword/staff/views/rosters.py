"""Who works when, and who is away: by themselves, or by who leads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.staff.business_time import write_hours
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Absence, Agent, Calendar, Role, Roster
from goodword.staff.rosters import BadAbsence, BadRoster, come_back, go_away, save_roster
from goodword.staff.views._week import days, hours_page, typed_week
from goodword.staff.who_may import who_may
from goodword.ui.answers import done, show

_OFFICE = ["09:00-17:00"] * 5 + [""] * 2


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def roster(request: MemberRequest, agent: int) -> HttpResponse:
    """When an agent works: their own, or anybody's for a lead."""
    found = _find_agent(request, agent)
    kept = Roster.objects.of(request.workspace).filter(agent=found).first()
    context: dict[str, Any] = {"who": found, "heading": str(found), "fragment": "staff/_roster.html"}
    if request.method == "GET":
        calendar = Calendar.objects.of(request.workspace).filter(is_default=True).first()
        written = [write_hours((start, end) for start, end in day) for day in (kept or calendar or Roster()).week]
        zone = kept.zone if kept else request.workspace.zone
        context |= {"zone": zone, "week": days(written or _OFFICE, {}), "is_new": kept is None}
        return show(request, "ui/dialog_page.html", "staff/_roster.html", context)
    week, zone = typed_week(request), request.POST.get("zone", "")[:100]
    try:
        save_roster(
            workspace=request.workspace, agent=found, zone=zone, week=week, by=request.agent, now=current_time()
        )
    except BadRoster as error:
        context |= {"zone": zone, "week": days(week, error.problems), "problems": error.problems}
        return show(request, "ui/dialog_page.html", "staff/_roster.html", context, status=422)
    return done(request, go_to=hours_page(request), says=_("Kept."), go_to_page=hours_page(request))


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def absence(request: MemberRequest, agent: int) -> HttpResponse:
    """Be away: now or later, until a time or until one is back."""
    found, now = _find_agent(request, agent), current_time()
    context: dict[str, Any] = {"who": found, "heading": _("Away"), "fragment": "staff/_absence.html"}
    if request.method == "GET":
        return show(request, "ui/dialog_page.html", "staff/_absence.html", context)
    context |= {"since": request.POST.get("since", "")[:40], "until": request.POST.get("until", "")[:40]}
    try:
        zone = ZoneInfo(request.workspace.zone)
        since, until = _moment(context["since"], zone), _moment(context["until"], zone)
        go_away(workspace=request.workspace, agent=found, since=since or now, until=until, by=request.agent, now=now)
    except BadAbsence as error:
        context["error"] = str(error)
        return show(request, "ui/dialog_page.html", "staff/_absence.html", context, status=422)
    return done(request, go_to=hours_page(request), says=_("Kept."), go_to_page=hours_page(request))


@require_POST
@needs(Role.AGENT)
def coming_back(request: MemberRequest, absence: int) -> HttpResponse:
    """Be back, or not go after all."""
    found = get_object_or_404(Absence.objects.of(request.workspace), pk=absence)
    _find_agent(request, found.agent_id)
    come_back(absence=found, by=request.agent, now=current_time())
    return done(request, go_to=hours_page(request), says=_("Welcome back."), go_to_page=hours_page(request))


def _find_agent(request: MemberRequest, agent: int) -> Agent:
    """Someone who answers here; another than oneself only for a lead."""
    found = get_object_or_404(who_may(Role.AGENT, workspace=request.workspace), pk=agent)
    if found != request.agent and not request.membership.may(Role.LEAD):
        raise PermissionDenied
    return found


def _moment(given: str, zone: ZoneInfo) -> datetime | None:
    """What `datetime-local` sends, in this zone; None for nothing. Raises `BadAbsence`."""
    if not given:
        return None
    try:
        found = parse_datetime(given)
    except ValueError:
        found = None
    if found is None:
        raise BadAbsence(_("There is no such time. Choose another."))
    try:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise BadAbsence(_("There is no such time. Choose another.")) from None
