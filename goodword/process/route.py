"""Give cases to those who can take them, by the plans of the teams; say why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Mod

from goodword.care.assign_together import Assignment, assign_together
from goodword.care.models import Case, State
from goodword.kernel import facts
from goodword.kernel.models import FactRow
from goodword.kernel.redoable import redoable
from goodword.process.events import CaseRouted
from goodword.process.models import RoutingPlan
from goodword.process.routing_desk import Asked, Desk, Routed, read_asked, read_desk
from goodword.staff.models import Team, Workspace

RISKIEST, IN_TURN = 200, 300  # of those that wait, looked at once
_MINUTE = 60  # seconds


@transaction.atomic
def route_cases(*, workspace_id: int, case_ids: Collection[int], now: datetime) -> int:
    """Route those of the cases that are open and nobody's, the riskiest first; how many were given to somebody.

    The plans are locked while cases are given out, so that two workers never exceed a limit together.
    """
    redoable()
    plans = list(RoutingPlan.objects.of(workspace_id).filter(on_since__isnull=False).select_for_update(of=("self",)))
    if not plans:
        return 0
    cases = (
        Case.objects.of(workspace_id)
        .standing()
        .filter(pk__in=case_ids, state=State.OPEN, assignee=None)
        .select_related("identity", "opening_mention")
        .order_by("-risk", "opened_at", "pk")
    )
    found = list(cases)
    if not found:
        return 0
    desk = read_desk(Workspace.objects.get(pk=workspace_id), plans, now=now)
    told = _told(found)
    ways = [(asked.case, way) for asked in read_asked(found, now=now) if (way := _way(asked, desk, told, now))]
    return _give(workspace_id, ways, desk, now)


def _way(asked: Asked, desk: Desk, told: Collection[int], now: datetime) -> Routed | None:
    """Where a case goes now; None if it stays where it is."""
    case, routed = asked.case, desk.route(asked, now)
    if routed is None or routed.plan.on_since is None or case.created_at < routed.plan.on_since:
        return None
    if routed.agent is None:
        routed.team_id = routed.plan.team_id
    waits_there = routed.agent is None and case.team_id == routed.team_id
    if (case.team_id is None or waits_there) and case.pk in told:
        return None  # a person took it away from everyone; or it waits in the team, as was said already
    desk.give(routed, now)
    return routed


def _give(workspace_id: int, ways: Sequence[tuple[Case, Routed]], desk: Desk, now: datetime) -> int:
    agents = {worker.agent.pk: worker.agent for worker in desk.crew.workers}
    teams = Team.objects.of(workspace_id).in_bulk()
    assignments = [
        Assignment(case, agents[way.agent] if way.agent is not None else None, teams[way.team_id]) for case, way in ways
    ]
    # Who left a moment ago gets nothing: somebody else does, at the next look.
    given = assign_together(workspace_id=workspace_id, assignments=assignments, now=now)
    done = [(case, way) for case, way in ways if case.pk in given]
    facts.record_all([_fact(case, way) for case, way in done], now=now)
    return sum(way.agent is not None for _case, way in done)


def _told(cases: Collection[Case]) -> set[int]:
    """Of which cases it was said before where they went."""
    ids = {f"case:{case.pk}": case.pk for case in cases}
    rows = FactRow.objects.filter(
        workspace_id__in={case.workspace_id for case in cases}, subject__in=ids, kind=CaseRouted.__name__
    )
    return {ids[subject] for subject in rows.values_list("subject", flat=True)}


def _fact(case: Case, routed: Routed) -> CaseRouted:
    return CaseRouted(
        workspace_id=case.workspace_id,
        case_id=case.pk,
        agent_id=routed.agent,
        team_id=routed.team_id,
        because=[list(reason) for reason in routed.reasons],
    )


def route_waiting(*, workspace_id: int, now: datetime) -> int:
    """Those that nobody could take when they came: somebody works again, or has less. How many were given out.

    Called every minute. The riskiest are looked at each time, and of the others those whose turn it is in this minute:
    what many wait before that nobody can take is reached all the same, and no look costs more than so many.
    """
    plans = list(RoutingPlan.objects.of(workspace_id).filter(on_since__isnull=False))
    if not plans:
        return 0
    since = min(plan.on_since for plan in plans if plan.on_since is not None)
    waiting = Case.objects.of(workspace_id).standing().filter(state=State.OPEN, assignee=None, created_at__gte=since)
    in_order = waiting.order_by("-risk", "opened_at", "pk").values_list("pk", flat=True)
    case_ids = list(in_order[:RISKIEST])
    if len(case_ids) == RISKIEST:
        case_ids += _whose_turn_it_is(waiting.exclude(pk__in=case_ids), now)
    return route_cases(workspace_id=workspace_id, case_ids=case_ids, now=now) if case_ids else 0


def _whose_turn_it_is(others: QuerySet[Case], now: datetime) -> list[int]:
    """About `IN_TURN` of them. There are as many turns as a power of two, and a case's hangs on its number alone, so
    that each comes as often as the next, whatever comes and goes meanwhile."""
    turns, count = 1, others.count()
    while turns * IN_TURN < count:
        turns *= 2
    minute = int(now.timestamp()) // _MINUTE
    mine = others.alias(turn=Mod(F("number"), turns)).filter(turn=minute % turns)
    return list(mine.order_by().values_list("pk", flat=True))
