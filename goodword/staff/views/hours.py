"""Working time: all of it on a page, and calendars as they are written."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.business_time import write_days, write_hours
from goodword.staff.calendars import BadCalendar, DefaultCalendar, delete_calendar, save_calendar
from goodword.staff.hours_page import read_hours_page
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Calendar, Role, Team
from goodword.staff.views._week import days, hours_page, typed_week
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
        return done(request, go_to=hours_page(request), says=str(error))
    says = _("Deleted. Its teams keep the hours of the workspace.")
    return done(request, go_to=hours_page(request), says=says, go_to_page=hours_page(request))


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
    week = typed_week(request)
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
        context |= {"problems": error.problems, "week": days(week, error.problems)}
        return show(request, "ui/dialog_page.html", "staff/_calendar.html", context, status=422)
    return done(request, go_to=hours_page(request), says=_("Kept."), go_to_page=hours_page(request))


def _as_written(found: Calendar | None, zone: str) -> dict[str, Any]:
    if found is None:
        return {"name": "", "zone": zone, "week": days(_OFFICE, {}), "special_days": "", "chosen": set()}
    return {
        "name": found.name,
        "zone": found.zone,
        "week": days([write_hours(day) for day in found.working_time().week], {}),
        "special_days": write_days(found.days_unlike_the_week),
        "chosen": set(found.teams.values_list("pk", flat=True)),
    }
