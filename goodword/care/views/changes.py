"""Changes of a case that have a form of their own: GET shows it, POST does it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.care.assign import CannotTakeCases, assign_case
from goodword.care.label import BadLabel, label_case, named_labels
from goodword.care.lock import MergedAway
from goodword.care.models import Label, Priority
from goodword.care.prioritise import set_priority
from goodword.care.snooze import CannotSnooze, snooze_case, wake_case
from goodword.care.views._case import ask, changed, find_case
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Agent, Role, Team
from goodword.staff.who_may import who_may

either = require_http_methods(["GET", "POST"])


@either
@needs(Role.AGENT)
def assignment(request: MemberRequest, number: int) -> HttpResponse:
    """Who answers: an agent, a team, both, or nobody."""
    case = find_case(request, number)
    context: dict[str, Any] = {**assignable(request), "agent": request.agent}
    if request.method == "GET":
        return ask(request, case, "care/_assignment.html", _("Assign"), context)
    try:
        to, team = read_assignment(request)
        assign_case(case=case, by=request.agent, to=to, team=team, now=current_time())
    except (CannotTakeCases, MergedAway) as error:
        return ask(request, case, "care/_assignment.html", _("Assign"), context | {"error": str(error)}, status=422)
    names = " · ".join(str(one) for one in (to, team) if one)
    return changed(request, case, _("Assigned to %s.") % names if names else _("Nobody has it now."))


def assignable(request: MemberRequest) -> dict[str, Any]:
    """Whom a case can be given to, for a form."""
    return {
        "members": who_may(Role.AGENT, workspace=request.workspace),
        "teams": Team.objects.of(request.workspace).order_by("name"),
    }


def read_assignment(request: MemberRequest) -> tuple[Agent | None, Team | None]:
    """The agent and the team that a form names; None is nobody. Raises `CannotTakeCases` for who is not here (now)."""
    agent, team = request.POST.get("agent", ""), request.POST.get("team", "")
    members = who_may(Role.AGENT, workspace=request.workspace)
    to = members.filter(pk=read_id(agent) or 0).first() if agent else None
    group = Team.objects.of(request.workspace).filter(pk=read_id(team) or 0).first() if team else None
    if (agent and to is None) or (team and group is None):
        raise CannotTakeCases(_("This agent or team can't take cases here any more. Choose another."))
    return to, group


@either
@needs(Role.AGENT)
def priority(request: MemberRequest, number: int) -> HttpResponse:
    """How urgent it is."""
    case = find_case(request, number)
    if request.method == "GET":
        return ask(request, case, "care/_priority.html", _("Priority"), {"priorities": Priority})
    given = request.POST.get("priority", "")
    if given not in {str(value) for value in Priority.values}:
        error = {"priorities": Priority, "error": _("Choose one of these.")}
        return ask(request, case, "care/_priority.html", _("Priority"), error, status=422)
    chosen = Priority(int(given))
    try:
        set_priority(case=case, by=request.agent, priority=chosen, now=current_time())
    except MergedAway as error:
        merged = {"priorities": Priority, "error": str(error)}
        return ask(request, case, "care/_priority.html", _("Priority"), merged, status=422)
    return changed(request, case, _("Priority: %s.") % chosen.label)


@either
@needs(Role.AGENT)
def labels(request: MemberRequest, number: int) -> HttpResponse:
    """The labels it has: those that are ticked, and new ones by name."""
    case = find_case(request, number)
    known = list(Label.objects.of(request.workspace).order_by("name"))
    present = set(case.labels.values_list("pk", flat=True))
    context: dict[str, Any] = {
        "labels": known,
        "ticked": present,
        "present": present,
        "new": request.POST.get("new", ""),
    }
    if request.method == "GET":
        return ask(request, case, "care/_labels.html", _("Labels"), context)
    # What a colleague has put on since the form was shown was not there to be unticked.
    wanted, shown = _ids(request, "label"), _ids(request, "present")
    try:
        new = named_labels(workspace_id=request.workspace.pk, typed=context["new"])
        label_case(
            case=case,
            by=request.agent,
            add=[label for label in known if label.pk in wanted] + new,
            remove=[label for label in known if label.pk in shown - wanted and label not in new],
            now=current_time(),
        )
    except (BadLabel, MergedAway) as error:
        context |= {"ticked": wanted, "present": shown, "error": str(error)}
        return ask(request, case, "care/_labels.html", _("Labels"), context, status=422)
    return changed(request, case, _("Labels kept."))


def _ids(request: MemberRequest, name: str) -> set[int]:
    return {pk for pk in map(read_id, request.POST.getlist(name)) if pk is not None}


@either
@needs(Role.AGENT)
def snooze(request: MemberRequest, number: int) -> HttpResponse:
    """Until when it sleeps."""
    case, now = find_case(request, number), current_time()
    choices = snooze_choices(now, ZoneInfo(request.workspace.zone))
    context: dict[str, Any] = {"choices": choices, "until": request.POST.get("other", "")}
    if request.method == "GET":
        return ask(request, case, "care/_snooze.html", _("Snooze"), context)
    try:
        until = read_moment(
            request.POST.get("other") or request.POST.get("until", ""), ZoneInfo(request.workspace.zone)
        )
        snooze_case(case=case, by=request.agent, until=until, now=now)
    except (CannotSnooze, MergedAway) as error:
        return ask(request, case, "care/_snooze.html", _("Snooze"), context | {"error": str(error)}, status=422)
    return changed(request, case, _("Snoozed. It comes back by itself, or when the customer writes."))


@require_POST
@needs(Role.AGENT)
def waking(request: MemberRequest, number: int) -> HttpResponse:
    """It need not sleep any longer."""
    case = find_case(request, number)
    try:
        wake_case(case=case, by=request.agent, now=current_time())
    except MergedAway as error:
        return changed(request, error.into, str(error))
    return changed(request, case, _("It is awake."))


def snooze_choices(now: datetime, zone: ZoneInfo) -> list[tuple[str, datetime]]:
    """Times that people mean when they say "later", in the workspace's zone."""
    here = now.astimezone(zone)
    soon = (now + timedelta(hours=3)).astimezone(zone)  # three hours, also when the clocks change in between
    tomorrow = (here + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    monday = (tomorrow + timedelta(days=(7 - tomorrow.weekday()) % 7)).replace(hour=9)
    choices = [
        (_("In 3 hours"), soon.replace(second=0, microsecond=0)),
        (_("Tomorrow morning"), tomorrow),
        (_("On Monday"), monday),
        (_("In a week"), tomorrow + timedelta(days=6)),
    ]
    moments = [moment for _label, moment in choices]
    return [each for n, each in enumerate(choices) if each[1] not in moments[:n]]  # on Sundays Monday is tomorrow


def read_moment(given: str, zone: ZoneInfo) -> datetime:
    """What a form says, in the workspace's zone where it names none. Raises `CannotSnooze`."""
    try:
        found = parse_datetime(given)
    except ValueError:
        found = None
    if found is None:
        raise CannotSnooze(_("Choose a day and a time."))
    return found if found.tzinfo else found.replace(tzinfo=zone)
