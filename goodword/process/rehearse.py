"""Try routing on the past, before it is switched on: to whom cases would have gone, and why. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from goodword.care.models import Case
from goodword.process.models import RoutingPlan
from goodword.process.routing_desk import Desk, Routed, empty_desk, read_asked
from goodword.staff.models import Agent, Team, Workspace

PERIOD = timedelta(days=28)
MOST = 500  # cases, the latest


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A case, and where it would have gone. `agent` is None if it would have waited in the team."""

    case: Case
    team: Team
    agent: Agent | None
    routed: Routed


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Latest first. `untouched`: cases that no plan is for; `waiting`: that nobody could have taken at once."""

    cases: Sequence[Rehearsed]
    by_agent: Sequence[tuple[Agent, int]]
    untouched: int
    waiting: int

    @property
    def total(self) -> int:
        """All that were looked at."""
        return len(self.cases) + self.untouched


def rehearse(workspace: Workspace, plans: Sequence[RoutingPlan], *, now: datetime) -> Rehearsal:
    """All these plans, switched on or not, over the cases of the last four weeks in the order in which they came.

    Each is taken as nobody's and of no team unless a person gave it to one; it is somebody's until it was resolved.
    Rosters and absences are those that stand now.
    """
    since = now - PERIOD
    latest = (
        Case.objects.of(workspace)
        .filter(created_at__gte=since)
        .select_related("identity", "opening_mention")
        .order_by("-created_at")[:MOST]
    )
    cases = sorted(latest, key=lambda case: (case.created_at, case.pk))
    desk = empty_desk(workspace, plans, since=since)
    teams = Team.objects.of(workspace).in_bulk()
    agents = {worker.agent.pk: worker.agent for worker in desk.crew.workers}
    return _told(_go_through(cases, desk, now), cases, teams, agents)


def _go_through(cases: Sequence[Case], desk: Desk, now: datetime) -> list[tuple[Case, Routed]]:
    found: list[tuple[Case, Routed]] = []
    ends: list[tuple[datetime, int]] = []  # when somebody has one less
    for asked in read_asked(cases, now=now):
        moment = asked.case.created_at
        while ends and ends[0][0] <= moment:
            desk.open[heappop(ends)[1]] -= 1
        routed = desk.route(asked, moment)
        if routed is None:
            continue
        desk.give(routed, moment)
        if routed.agent is not None and asked.case.resolved_at is not None:
            heappush(ends, (asked.case.resolved_at, routed.agent))
        found.append((asked.case, routed))
    return found


def _told(
    found: Sequence[tuple[Case, Routed]],
    cases: Sequence[Case],
    teams: Mapping[int, Team],
    agents: Mapping[int, Agent],
) -> Rehearsal:
    shown = [Rehearsed(case, teams[routed.team_id], agents.get(routed.agent or 0), routed) for case, routed in found][
        ::-1
    ]
    counted = Counter(one.agent.pk for one in shown if one.agent is not None)
    return Rehearsal(
        cases=shown,
        by_agent=[(agents[pk], count) for pk, count in counted.most_common()],
        untouched=len(cases) - len(found),
        waiting=sum(one.agent is None for one in shown),
    )
