"""What a list without a case says: each view by its own meaning, and where to go instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.care.case_page import count_cases
from goodword.care.filters import VIEWS
from goodword.care.models import Case
from goodword.staff.models import Agent, Workspace


@dataclass(frozen=True, slots=True)
class Nothing:
    """An icon, a title and a sentence; `query` of another view that has something, under `label`."""

    icon: str
    title: str
    text: str = ""
    label: str = ""
    query: str = ""


def nothing_in(view: str, *, workspace: Workspace, agent: Agent, now: datetime) -> Nothing:
    """What is said of a view that shows nothing. Only where nothing waits at all it says that all is clear."""
    if not Case.objects.of(workspace).exists():
        return Nothing("inbox", _("No cases yet"), _("What customers write to a source of yours becomes cases."))
    if view in ("mine", "team"):
        return _nothing_of_ours(view, workspace, agent, now)
    said = {
        "unassigned": ("circle-check", _("Every open case has somebody"), ""),
        "open": ("circle-check", _("All clear"), _("No case waits for us.")),
        "pending": ("message-circle", _("We wait for nobody"), _("Cases that we answered stand here until they do.")),
        "snoozed": ("moon", _("Nothing is snoozed"), _("A snoozed case comes back by itself at its time.")),
        "resolved": (
            "circle-check",
            _("Nothing is resolved yet"),
            _("What you resolve stands here, with its customer’s word on it."),
        ),
    }
    return Nothing(*said.get(view, ("inbox", _("Nothing here"), "")))


def _nothing_of_ours(view: str, workspace: Workspace, agent: Agent, now: datetime) -> Nothing:
    left = count_cases({"": VIEWS["unassigned"]}, workspace=workspace, agent=agent)[""]
    if left:
        title = _("Nothing is yours") if view == "mine" else _("Nothing waits for your teams")
        text = ngettext("%(n)d open case is nobody’s yet.", "%(n)d open cases are nobody’s yet.", left) % {"n": left}
        return Nothing("users", title, text, _("See them"), "view=unassigned")
    due = (
        Case.objects.of(workspace)
        .unresolved()
        .filter(assignee=agent, next_due_at__gt=now)
        .order_by("next_due_at")
        .values_list("next_due_at", flat=True)
        .first()
    )
    text = _("Nothing waits here.")
    if due is not None:
        text = _("Next due %(time)s.") % {"time": date_format(timezone.localtime(due), "H:i")}
    return Nothing("circle-check", _("All clear"), text)
