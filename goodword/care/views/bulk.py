"""One change on many cases: the same forms, for all that were selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goodword.care.assign import CannotTakeCases, assign_case
from goodword.care.bulk import TooMany, change_cases
from goodword.care.label import BadLabel, label_case, named_labels
from goodword.care.models import Case, Label, Priority
from goodword.care.prioritise import set_priority
from goodword.care.resolve import resolve_case
from goodword.care.snooze import CannotSnooze, snooze_case
from goodword.care.views.changes import assignable, read_assignment, read_moment, snooze_choices
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show, way_back


@require_POST
@needs(Role.LEAD)
def bulk(request: MemberRequest) -> HttpResponse:
    """First ask what exactly, then (`apply`) do it. What was refused is told with its reason."""
    numbers = [number for number in map(read_id, request.POST.getlist("case")) if number is not None]
    if request.POST.get("apply") != "1" or not numbers:
        return _ask(request, numbers)
    try:
        change = _change(request)
        outcome = change_cases(workspace=request.workspace, numbers=numbers, change=change)
    except (NoSuchChange, BadLabel, CannotSnooze, CannotTakeCases, TooMany) as error:
        return _ask(request, numbers, error=str(error))
    return done(request, go_to=_back(request), says=outcome.sentence, list_changed={}, case_changed={})


def _back(request: MemberRequest) -> str:
    return way_back(request.POST.get("next", ""), otherwise=reverse("web:inbox", args=[request.workspace.slug]))


def _ask(request: MemberRequest, numbers: list[int], error: str = "") -> HttpResponse:
    now = current_time()
    context: dict[str, Any] = {
        "numbers": numbers,
        "action": request.POST.get("action", ""),
        "new_labels": request.POST.get("new", ""),
        "labels": Label.objects.of(request.workspace).order_by("name"),
        "next": _back(request),
        "error": error or ("" if numbers else _("Select some cases first.")),
        **assignable(request),
        "priorities": Priority,
        "choices": snooze_choices(now, ZoneInfo(request.workspace.zone)),
        "heading": ngettext("%(n)d case", "%(n)d cases", len(numbers)) % {"n": len(numbers)},
        "fragment": "care/_bulk.html",
    }
    return show(request, "ui/dialog_page.html", "care/_bulk.html", context, status=422 if context["error"] else 200)


Change = Callable[[Case], object]


class NoSuchChange(ValueError):
    """The form names something that can't be chosen."""


def _change(request: MemberRequest) -> Change:
    made = _CHANGES.get(request.POST.get("action", ""))
    if made is None:
        raise NoSuchChange(_("Choose what to do with these cases."))
    return made(request)


def _assignment(request: MemberRequest) -> Change:
    to, team = read_assignment(request)
    return lambda case: assign_case(case=case, by=request.agent, to=to, team=team, now=current_time())


def _labels(request: MemberRequest) -> Change:
    labels = named_labels(workspace_id=request.workspace.pk, typed=request.POST.get("new", ""))
    if not labels:
        raise NoSuchChange(_("Type the labels to add."))
    return lambda case: label_case(case=case, by=request.agent, add=labels, now=current_time())


def _priority(request: MemberRequest) -> Change:
    given = request.POST.get("priority", "")
    if given not in {str(value) for value in Priority.values}:
        raise NoSuchChange(_("Choose one of these priorities."))
    priority = Priority(int(given))
    return lambda case: set_priority(case=case, by=request.agent, priority=priority, now=current_time())


def _snooze(request: MemberRequest) -> Change:
    until = read_moment(request.POST.get("until", ""), ZoneInfo(request.workspace.zone))
    return lambda case: snooze_case(case=case, by=request.agent, until=until, now=current_time())


def _resolution(request: MemberRequest) -> Change:
    """Nobody is asked: a question to many at once is no question to each."""
    return lambda case: resolve_case(case=case, by=request.agent, ask=False, now=current_time())


_CHANGES: dict[str, Callable[[MemberRequest], Change]] = {
    "assign": _assignment,
    "label": _labels,
    "priority": _priority,
    "snooze": _snooze,
    "resolve": _resolution,
}
