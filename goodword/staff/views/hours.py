"""Working time: calendars, who works when, and who is away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.business_time import write_days, write_hours
from goodword.staff.calendars import BadCalendar, DefaultCalendar, delete_calendar, save_calendar
from goodword.staff.hours_page import read_hours_page
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Absence, Agent, Calendar, Role, Roster, Team
from goodword.staff.rosters import BadAbsence, BadRoster, come_back, go_away, save_roster
from goodword.staff.who_may import who_may
from goodword.ui.answers import done, show

_LONGEST = 20_000  # characters of special days; more than four hundred lines need
_OFFICE = ["09:00-17:00"] * 5 + [""] * 2


@require_GET
@needs(Role.VIEWER)
def hours(request: MemberRequest) -> HttpResponse:
    """All of it."""
    now = current_time()
    context = {
        "page": read_hours_page(request.workspace, now=now),
        "is_lead": request.membership.may(Role.LEAD),
        "is_agent": request.membership.may(Role.AGENT),
        "now": now,
    }
    return render(request, "staff/hours.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def new_calendar(request: MemberRequest) -> HttpResponse:
    """Write one."""
    first = not Calendar.objects.of(request.workspace).exists()
    return _write(request, None, _("Our hours") if first else _("New calendar"), is_default=first)


@require_http_methods(["GET", "POST"])
@needs(Role.LEAD)
def calendar(request: MemberRequest, calendar: int) -> HttpResponse:
    """Change one."""
    found = get_object_or_404(Calendar.objects.of(request.workspace), pk=calendar)
    return _write(request, found, found.name, is_default=found.is_default)


@require_POST
@needs(Role.LEAD)
def calendar_deletion(request: MemberRequest, calendar: int) -> HttpResponse:
    """Forget one."""
    found = get_object_or_404(Calendar.objects.of(request.workspace), pk=calendar)
    try:
        delete_calendar(calendar=found, by=request.agent, now=current_time())
    except DefaultCalendar as error:
        return done(request, go_to=_page(request), says=str(error))
    says = _("Deleted. Its teams keep the hours of the workspace.")
    return done(request, go_to=_page(request), says=says, go_to_page=_page(request))


def _write(request: MemberRequest, found: Calendar | None, heading: str, *, is_default: bool) -> HttpResponse:
    context: dict[str, Any] = {
        "calendar": found,
        "is_default": is_default,
        "teams": Team.objects.of(request.workspace).order_by("name"),
        "heading": heading,
        "fragment": "staff/_calendar.html",
    }
    if request.method == "GET":
        context |= _as_written(found, request.workspace.zone)
        return show(request, "ui/dialog_page.html", "staff/_calendar.html", context)
    context |= {
        "name": request.POST.get("name", "")[:200],
        "zone": request.POST.get("zone", "")[:100],
        "special_days": request.POST.get("days", "")[:_LONGEST],
        "chosen": {pk for pk in map(read_id, request.POST.getlist("team")) if pk is not None},
    }
    week = _typed_week(request)
    try:
        save_calendar(
            workspace=request.workspace,
            calendar=found,
            name=context["name"],
            zone=context["zone"],
            week=week,
            special_days=context["special_days"],
            team_ids=context["chosen"],
            by=request.agent,
            now=current_time(),
        )
    except BadCalendar as error:
        context |= {"problems": error.problems, "week": _days(week, error.problems)}
        return show(request, "ui/dialog_page.html", "staff/_calendar.html", context, status=422)
    return done(request, go_to=_page(request), says=_("Kept."), go_to_page=_page(request))


def _as_written(found: Calendar | None, zone: str) -> dict[str, Any]:
    if found is None:
        return {"name": "", "zone": zone, "week": _days(_OFFICE, {}), "special_days": "", "chosen": set()}
    return {
        "name": found.name,
        "zone": found.zone,
        "week": _days([write_hours(day) for day in found.working_time().week], {}),
        "special_days": write_days(found.days_unlike_the_week),
        "chosen": set(found.teams.values_list("pk", flat=True)),
    }


def _typed_week(request: MemberRequest) -> list[str]:
    return [request.POST.get(f"day-{day}", "")[:200] for day in range(7)]


def _days(written: list[str], problems: dict[str, str]) -> list[dict[str, str]]:
    """The seven fields of a week: name of the day, what stands in it, and what is wrong with that."""
    return [
        {"field": f"day-{day}", "label": str(WEEKDAYS[day]), "hours": hours, "error": problems.get(f"day-{day}", "")}
        for day, hours in enumerate(written)
    ]


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
        context |= {"zone": zone, "week": _days(written or _OFFICE, {}), "is_new": kept is None}
        return show(request, "ui/dialog_page.html", "staff/_roster.html", context)
    week, zone = _typed_week(request), request.POST.get("zone", "")[:100]
    try:
        save_roster(
            workspace=request.workspace, agent=found, zone=zone, week=week, by=request.agent, now=current_time()
        )
    except BadRoster as error:
        context |= {"zone": zone, "week": _days(week, error.problems), "problems": error.problems}
        return show(request, "ui/dialog_page.html", "staff/_roster.html", context, status=422)
    return done(request, go_to=_page(request), says=_("Kept."), go_to_page=_page(request))


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
    return done(request, go_to=_page(request), says=_("Kept."), go_to_page=_page(request))


@require_POST
@needs(Role.AGENT)
def coming_back(request: MemberRequest, absence: int) -> HttpResponse:
    """Be back, or not go after all."""
    found = get_object_or_404(Absence.objects.of(request.workspace), pk=absence)
    _find_agent(request, found.agent_id)
    come_back(absence=found, by=request.agent, now=current_time())
    return done(request, go_to=_page(request), says=_("Welcome back."), go_to_page=_page(request))


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


def _page(request: MemberRequest) -> str:
    return reverse("team:hours", args=[request.workspace.slug])
