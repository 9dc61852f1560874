"""What the inbox is filtered by: query string ⇄ `CaseFilter` ⇄ cases. A saved view is nothing but a query string."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from goodword.care.delivery import ARRIVED
from goodword.care.models import Case, CaseSeen, Delivery, Episode, Message, Priority, Resolution, State
from goodword.care.models.case import CaseQuerySet
from goodword.connectors.contract import Purpose
from goodword.kernel.ids import read_id
from goodword.staff.models import Agent, TeamMember, Workspace

ME = "me"  # whoever looks
NOBODY = "none"  # no agent, no team, no cause
LONGEST_QUERY = 400  # characters of words to search for
C = TypeVar("C", bound=Enum)
S = TypeVar("S", bound=StrEnum)


class Sort(StrEnum):
    """The order of a list."""

    NEWEST = "newest"  # by the last message
    WAITING = "waiting"  # who has waited longest first; shows only cases whose customer waits
    RISK = "risk"  # riskiest first, then newest
    DUE = "due"  # what falls due next first, and before it what is late; shows only cases with a deadline


class Trouble(StrEnum):
    """What went wrong with a case, and is not mended."""

    DISPUTED = "disputed"  # we said that it was solved, the customer said that it was not
    FAILED = "failed"  # a reply did not go out, and none went out since


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases, in which order. Every field's default lets everything through."""

    states: tuple[State, ...] = ()  # any of these
    assignee: str = ""  # `me`, `none`, or an agent's id
    team: str = ""  # `me` (any of mine), `none`, or a team's id
    labels: tuple[int, ...] = ()  # all of these
    cause: str = ""  # `none`, or a cause's id
    channel: str = ""
    priorities: tuple[Priority, ...] = ()  # any of these
    unread: bool = False
    trouble: Trouble | None = None
    q: str = ""  # for search.py
    sort: Sort = Sort.NEWEST

    @classmethod
    def read(cls, query: QueryDict | str) -> CaseFilter:
        """What an address asks for; what it can't mean is left out, so that an old link still shows something.

        `view=mine` and the like name a set of filters, which the other keys then narrow.
        """
        given = QueryDict(query) if isinstance(query, str) else query
        base = VIEWS.get(given.get("view", ""), cls())
        return cls(
            states=_choices(State, given.getlist("state")) or base.states,
            assignee=_who(given.get("assignee", "")) or base.assignee,
            team=_who(given.get("team", "")) or base.team,
            labels=tuple(sorted({int(pk) for pk in given.getlist("label") if _is_id(pk)})) or base.labels,
            cause=_cause(given.get("cause", "")) or base.cause,
            channel=given.get("channel", "")[:40].replace("\x00", "") or base.channel,
            priorities=_choices(Priority, given.getlist("priority")) or base.priorities,
            unread=given.get("unread") == "1" or base.unread,
            trouble=_named(Trouble, given.get("trouble", "")) or base.trouble,
            q=" ".join(given.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY].strip(),
            sort=_named(Sort, given.get("sort", "")) or base.sort,
        )

    def query(self) -> str:
        """The address that asks for this, the same for every way of asking for it."""
        pairs: list[tuple[str, str]] = [("state", state.value) for state in self.states]
        pairs += [("assignee", self.assignee), ("team", self.team)]
        pairs += [("label", str(label)) for label in self.labels]
        pairs += [("cause", self.cause), ("channel", self.channel)]
        pairs += [("priority", str(priority.value)) for priority in self.priorities]
        pairs += [("unread", "1" if self.unread else ""), ("trouble", self.trouble or ""), ("q", self.q)]
        pairs += [("sort", "" if self.sort is Sort.NEWEST else self.sort.value)]
        return urlencode([(key, value) for key, value in pairs if value])


VIEWS: Mapping[str, CaseFilter] = {
    "mine": CaseFilter(states=(State.OPEN,), assignee=ME),
    "unassigned": CaseFilter(states=(State.OPEN,), assignee=NOBODY),
    "team": CaseFilter(states=(State.OPEN,), team=ME),
    "open": CaseFilter(states=(State.OPEN,)),
    "pending": CaseFilter(states=(State.PENDING,)),
    "snoozed": CaseFilter(states=(State.SNOOZED,)),
    "resolved": CaseFilter(states=(State.RESOLVED,)),
    "all": CaseFilter(),
}


def matching(chosen: CaseFilter, *, workspace: Workspace, agent: Agent, in_state: State | None = None) -> CaseQuerySet:
    """The cases of `workspace` that `agent` sees under a filter, in no order; `q` is left to search.py.

    With `in_state`, those in this state alone: several states are read one by one, each along its index.
    """
    cases = Case.objects.of(workspace).standing()
    states = (in_state,) if in_state else chosen.states
    if states:
        cases = cases.filter(state=states[0]) if len(states) == 1 else cases.filter(state__in=states)
    cases = _answered_by(cases, chosen, workspace, agent)
    if chosen.cause:
        cases = cases.filter(cause=None if chosen.cause == NOBODY else int(chosen.cause))
    if chosen.channel:
        cases = cases.filter(channel=chosen.channel)
    if chosen.priorities:
        cases = cases.filter(priority__in=chosen.priorities)
    for label in chosen.labels:
        has_label = Case.labels.through.objects.filter(case=OuterRef("pk"), label=label)
        cases = cases.filter(Exists(has_label))
    if chosen.unread:
        seen = CaseSeen.objects.of(workspace).filter(
            agent=agent, case=OuterRef("pk"), last_message_id__gte=OuterRef("last_inbound_id")
        )
        cases = cases.filter(~Exists(seen))
    if chosen.trouble is not None:
        cases = cases.filter(_TROUBLED[chosen.trouble](workspace))
    if chosen.sort is Sort.WAITING:
        cases = cases.filter(waiting_since__isnull=False)
    if chosen.sort is Sort.DUE:
        cases = cases.filter(next_due_at__isnull=False)
    return cases


def _answered_by(cases: CaseQuerySet, chosen: CaseFilter, workspace: Workspace, agent: Agent) -> CaseQuerySet:
    if chosen.assignee == NOBODY:
        cases = cases.filter(assignee=None)
    elif chosen.assignee:
        cases = cases.filter(assignee_id=agent.pk if chosen.assignee == ME else int(chosen.assignee))
    if chosen.team == NOBODY:
        cases = cases.filter(team=None)
    elif chosen.team == ME:
        mine = TeamMember.objects.of(workspace).filter(agent=agent).values_list("team_id", flat=True)
        cases = cases.filter(team_id__in=list(mine))
    elif chosen.team:
        cases = cases.filter(team_id=int(chosen.team))
    return cases


def _disputed(workspace: Workspace) -> Q:
    disputed = Episode.objects.of(workspace).filter(resolution=Resolution.DISPUTED).values("case")
    return Q(pk__in=disputed) & ~Q(state=State.RESOLVED)


def _failed(workspace: Workspace) -> Q:
    """Resolved cases too, where the question whether it is solved did not go out: their customer was never asked."""
    since = Message.objects.filter(case=OuterRef("case"), at__gte=OuterRef("at"), delivery__in=ARRIVED)
    failed = Message.objects.of(workspace).filter(delivery=Delivery.FAILED)
    failed = failed.filter(~Exists(since))
    never_asked = failed.filter(purpose=Purpose.RESOLUTION, episode__resolution=Resolution.PROPOSED)
    return Q(pk__in=failed.values("case")) & ~Q(state=State.RESOLVED) | Q(pk__in=never_asked.values("case"))


_TROUBLED = {Trouble.DISPUTED: _disputed, Trouble.FAILED: _failed}


def _choices(kind: type[C], given: Iterable[str]) -> tuple[C, ...]:
    """The members whose values were given, in their own order."""
    wanted = set(given)
    return tuple(member for member in kind if str(member.value) in wanted)


def _who(given: str) -> str:
    return given if given in (ME, NOBODY) or _is_id(given) else ""


def _cause(given: str) -> str:
    return given if given == NOBODY or _is_id(given) else ""


def _is_id(given: str) -> bool:
    return not given.startswith("0") and read_id(given) is not None


def _named(kind: type[S], given: str) -> S | None:
    return kind(given) if given in set(kind) else None
