"""The inbox as its address asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from goodword.care.case_page import case_page, count_cases
from goodword.care.empty_list import nothing_in
from goodword.care.filters import ME, NOBODY, VIEWS, CaseFilter, Sort, Trouble
from goodword.care.listing import rows
from goodword.care.models import Label, Priority, SavedView, State
from goodword.care.saved_views import views_of
from goodword.staff.models import Agent, Membership, Role, Team, Workspace
from goodword.triage.models import Cause

DEFAULT_VIEW = "mine"
RISKIEST = "view=open&sort=risk"  # stands in the navigation beside the views, by a name of its own
NOT_FILTERS = ("after", "before", "q", "since", "ids", "list", "pane")


def view_names() -> dict[str, str]:
    """What the views that every workspace has are called."""
    return {
        "mine": _("Mine"),
        "unassigned": _("Unassigned"),
        "team": _("My teams"),
        "open": _("All open"),
        "pending": _("Waiting"),
        "snoozed": _("Snoozed"),
        "resolved": _("Resolved"),
        "all": _("All cases"),
    }


def sort_names() -> dict[Sort, str]:
    """The orders a list can have."""
    return {
        Sort.NEWEST: _("Newest first"),
        Sort.WAITING: _("Longest waiting first"),
        Sort.DUE: _("Due next first"),
        Sort.RISK: _("Riskiest first"),
    }


def trouble_names() -> dict[Trouble, str]:
    """What can have gone wrong with a case, as a filter."""
    return {Trouble.DISPUTED: _("Not solved, says the customer"), Trouble.FAILED: _("Reply not sent")}


def read_inbox(workspace: Workspace, membership: Membership, given: QueryDict, *, now: datetime) -> dict[str, Any]:
    """Title, rows, filters and the way on, for `care/_list_pane.html`."""
    query = filters_of(given)
    chosen = CaseFilter.read(query)
    page = case_page(chosen, workspace=workspace, agent=membership.agent, after=given.get("after", ""))
    shown = rows(page.ids, workspace=workspace, agent=membership.agent, now=now)
    chips = _chips(workspace, query)
    view = query.get("view", "")
    saved = _saved_as(chosen, workspace, membership.agent) if chips else None
    return {
        "list_title": saved.name if saved and query.urlencode() != RISKIEST else _title(view, chosen.sort),
        "list_query": f"?{query.urlencode()}",
        "rows": shown,
        "after": page.after,
        "chips": chips,
        "is_saved": saved is not None,
        "nothing": None if shown or chips else nothing_in(view, workspace=workspace, agent=membership.agent, now=now),
        "list_count": count_cases({"": chosen}, workspace=workspace, agent=membership.agent)[""],
        "may_act": membership.may(Role.AGENT),
        "may_bulk": membership.may(Role.LEAD),
        "now": now,
    }


def _title(view: str, sort: Sort) -> str:
    name = view_names().get(view, _("Cases"))
    return name if sort is not Sort.RISK else f"{name} · {sort_names()[Sort.RISK]}"


def _saved_as(chosen: CaseFilter, workspace: Workspace, agent: Agent) -> SavedView | None:
    """The view that somebody gave these filters a name by."""
    query = chosen.query()
    return next((view for view in views_of(workspace=workspace, agent=agent) if view.query == query), None)


def filters_of(given: QueryDict) -> QueryDict:
    """What of an address filters the list; nothing at all means the default view."""
    query = given.copy()
    for name in NOT_FILTERS:
        query.pop(name, None)
    if not CaseFilter.read(query).query() and "view" not in query:
        query["view"] = DEFAULT_VIEW
    return query


def list_query(given: QueryDict) -> str:
    """The query string of the list that a page shows: its own, or what a fragment's address names as `list`."""
    shown = QueryDict(given.get("list")) if "list" in given else given
    return f"?{filters_of(shown).urlencode()}"


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter, and the query string without it."""

    label: str
    without: str


def _chips(workspace: Workspace, query: QueryDict) -> list[Chip]:
    labels = (
        {str(pk): name for pk, name in Label.objects.of(workspace).values_list("pk", "name")}
        if "label" in query
        else {}
    )
    teams = (
        {str(pk): name for pk, name in Team.objects.of(workspace).values_list("pk", "name")} if "team" in query else {}
    )
    agents = (
        {str(a.pk): str(a) for a in Agent.objects.filter(memberships__workspace=workspace)}
        if "assignee" in query
        else {}
    )
    causes = {str(cause.pk): str(cause) for cause in Cause.objects.of(workspace).in_order()} if "cause" in query else {}
    names: dict[str, dict[str, str]] = {
        "state": {state.value: str(state.label) for state in State},
        "priority": {str(priority.value): str(priority.label) for priority in Priority},
        "assignee": {ME: _("Mine"), NOBODY: _("Unassigned"), **agents},
        "team": {ME: _("My teams"), NOBODY: _("No team"), **teams},
        "label": labels,
        "cause": {NOBODY: _("No cause yet"), **causes},
        "unread": {"1": _("Unread")},
        "trouble": {trouble.value: name for trouble, name in trouble_names().items()},
        "sort": {sort.value: name for sort, name in sort_names().items()},
    }
    chips = []
    for key, values in query.lists():
        for value in values:
            label = value if key == "channel" else names.get(key, {}).get(value)
            if label:
                chips.append(Chip(label, _without(query, key, value)))
    return chips


def _without(query: QueryDict, key: str, value: str) -> str:
    rest = query.copy()
    rest.setlist(key, [one for one in query.getlist(key) if one != value])
    return f"?{rest.urlencode()}"


def count_views(workspace: Workspace, agent: Agent) -> dict[str, int]:
    """How many cases wait in the views that call for work."""
    wanted = {name: VIEWS[name] for name in ("mine", "unassigned", "snoozed")}
    return count_cases(wanted, workspace=workspace, agent=agent)
