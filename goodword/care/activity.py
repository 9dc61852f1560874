"""What happened in a case, in sentences: the lines between the messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.care.models import Case, Priority
from goodword.care.word_activity import WORD_LINES
from goodword.kernel.models import FactRow
from goodword.promises.models import Promise
from goodword.staff.models import Agent, Team

Data = Mapping[str, Any]
Sentence = Callable[[str, Data, "Names"], str]
"""From who did it, the fact's fields, and the names of those it mentions by id."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id, fetched once for all the lines of a page."""

    agents: Mapping[int, str]
    teams: Mapping[int, str]
    cases: Mapping[int, int]  # id → number
    promises: Mapping[int, str]  # id → words

    @classmethod
    def of(cls, rows: Iterable[FactRow]) -> Names:
        """What the sentences of `rows` will need."""
        rows = list(rows)
        agents = ({row.actor_id for row in rows} | {row.data.get("assignee_id") for row in rows}) - {None}
        agents |= {pk for row in rows for pk in (*row.data.get("agent_ids", ()), row.data.get("agent_id"))} - {None}
        teams = {row.data.get("team_id") for row in rows} - {None}
        cases = {row.data.get("origin_id") for row in rows} - {None}
        promises = {row.data.get("promise_id") for row in rows} - {None}
        return cls(
            agents={agent.pk: str(agent) for agent in Agent.objects.filter(pk__in=list(agents))} if agents else {},
            teams=dict(Team.objects.filter(pk__in=list(teams)).values_list("pk", "name")) if teams else {},
            cases=dict(Case.objects.filter(pk__in=list(cases)).values_list("pk", "number")) if cases else {},
            promises=dict(Promise.objects.filter(pk__in=promises).values_list("pk", "words")) if promises else {},
        )


def _assigned(who: str, data: Data, names: Names) -> str:
    to = names.agents.get(data.get("assignee_id") or 0, "")
    team = names.teams.get(data.get("team_id") or 0, "")
    if not to and not team:
        return _("%(who)s took the assignment away") % {"who": who}
    if to == who and not team:
        return _("%(who)s took the case") % {"who": who}
    return _("%(who)s assigned it to %(to)s") % {"who": who, "to": " · ".join(name for name in (to, team) if name)}


def _labelled(who: str, data: Data, names: Names) -> str:
    added, removed = ", ".join(data.get("added", ())), ", ".join(data.get("removed", ()))
    if added and removed:
        return _("%(who)s added %(added)s and removed %(removed)s") % {"who": who, "added": added, "removed": removed}
    if added:
        return _("%(who)s added %(added)s") % {"who": who, "added": added}
    return _("%(who)s removed %(removed)s") % {"who": who, "removed": removed}


def _cause_recorded(who: str, data: Data, names: Names) -> str:
    if data["cause_id"] is None:
        return _("%(who)s took the cause away") % {"who": who}
    return _("%(who)s said why: %(cause)s") % {"who": who, "cause": data["cause"]}


def _prioritised(who: str, data: Data, names: Names) -> str:
    return _("%(who)s set the priority to %(priority)s") % {"who": who, "priority": Priority(data["priority"]).label}


def _snoozed(who: str, data: Data, names: Names) -> str:
    until = date_format(timezone.localtime(datetime.fromisoformat(data["until"])), "j M, H:i")
    return _("%(who)s snoozed it until %(until)s") % {"who": who, "until": until}


def _merged(who: str, data: Data, names: Names) -> str:
    return _("%(who)s merged case %(number)s into this one") % {
        "who": who,
        "number": names.cases.get(data["origin_id"]),
    }


def _risk_reviewed(who: str, data: Data, names: Names) -> str:
    return _("Goodword read it more closely: the risk went from %(before)s to %(after)s") % {
        "before": data["before"],
        "after": data["after"],
    }


def _merge_undone(who: str, data: Data, names: Names) -> str:
    return _("%(who)s took case %(number)s out again") % {"who": who, "number": names.cases.get(data["origin_id"])}


def _split(who: str, data: Data, names: Names) -> str:
    return _("%(who)s split this off case %(number)s") % {"who": who, "number": names.cases.get(data["origin_id"])}


def _split_undone(who: str, data: Data, names: Names) -> str:
    return _("%(who)s joined it with case %(number)s again") % {
        "who": who,
        "number": names.cases.get(data["origin_id"]),
    }


def _handed_over(who: str, data: Data, names: Names) -> str:
    if data["by_mail"]:
        return _("The customer left the chat and an address: the next reply goes out by e-mail")
    return _("The customer left an e-mail address, and no mailbox is connected here: write to them from your own")


def _waiting(who: str, data: Data, names: Names) -> str:
    minutes = ngettext("%(n)d minute", "%(n)d minutes", data["minutes"]) % {"n": data["minutes"]}
    return _("The customer has waited in the chat for %(time)s; the team was told") % {"time": minutes}


def _proposed(who: str, data: Data, names: Names) -> str:
    if data.get("asked"):
        return _("%(who)s resolved it and asked the customer whether it is solved") % {"who": who}
    return _("%(who)s resolved it") % {"who": who}


def _rated(who: str, data: Data, names: Names) -> str:
    parts = [
        text % {"n": data[name]}
        for name, text in (("solved", _("how it was solved: %(n)d of 5")), ("person", _("the person: %(n)d of 5")))
        if data.get(name)
    ]
    return _("The customer rated %(what)s") % {"what": " · ".join(parts)}


def _plain(text: Callable[[], str]) -> Callable[[str, Data, Names], str]:
    return lambda who, data, names: text() % {"who": who}


# Facts that are not here are told by a message of the case, or concern nobody who reads it.
SENTENCES: dict[str, Sentence] = {
    "CaseAssigned": _assigned,
    "CaseLabelled": _labelled,
    "CasePrioritised": _prioritised,
    "CaseReopened": _plain(lambda: _("The case was reopened")),
    "CaseSnoozed": _snoozed,
    "CaseSplit": _split,
    "CaseWoken": _plain(lambda: _("The case is awake again")),
    "CasesMerged": _merged,
    "CauseRecorded": _cause_recorded,
    "ChatHandedOver": _handed_over,
    "ChatWaiting": _waiting,
    "MergeUndone": _merge_undone,
    "NoteTakenBack": _plain(lambda: _("%(who)s took an internal note back")),
    "ResolutionConfirmed": _plain(lambda: _("The customer says that it is solved")),
    "ResolutionDisputed": _plain(lambda: _("The customer says that it is not solved")),
    "ResolutionLapsed": _plain(lambda: _("The customer did not answer whether it is solved")),
    "ResolutionProposed": _proposed,
    "ResolutionRated": _rated,
    "ResolutionWithdrawn": _plain(lambda: _("%(who)s took the resolution back")),
    "RiskReviewed": _risk_reviewed,
    "SplitUndone": _split_undone,
    **WORD_LINES,
}


def tell_of(kind: str, how: Sentence) -> None:
    """Rooms above this one tell of their own facts too; called by their `panels`, when Django starts."""
    SENTENCES[kind] = how


def sentence(row: FactRow, names: Names) -> str:
    """The line of one fact."""
    who = names.agents.get(row.actor_id or 0) or _("Goodword")
    return SENTENCES[row.kind](who, row.data, names)
