"""Give cases to those who can take them, by the plans of the teams; say why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from goodword.care.assign import CannotTakeCases, assign_case
from goodword.care.models import Case, State
from goodword.kernel import facts
from goodword.kernel.models import FactRow
from goodword.process.events import CaseRouted
from goodword.process.models import RoutingPlan
from goodword.process.routing_desk import Asked, Desk, Routed, read_asked, read_desk
from goodword.staff.models import Agent, Team, Workspace

BATCH = 200


@transaction.atomic
def route_cases(*, workspace_id: int, case_ids: Collection[int], now: datetime) -> int:
    """Route those of the cases that are open and nobody's, the riskiest first; how many were given to somebody.

    The plans are locked while cases are given out, so that two workers never exceed a limit together.
    """
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
    found = list(cases[:BATCH])
    if not found:
        return 0
    desk = read_desk(Workspace.objects.get(pk=workspace_id), plans, now=now)
    agents = {worker.agent.pk: worker.agent for worker in desk.crew.workers}
    teams = Team.objects.of(workspace_id).in_bulk()
    return sum(_route(asked, desk, agents, teams, now) for asked in read_asked(found, now=now))


def _route(asked: Asked, desk: Desk, agents: dict[int, Agent], teams: dict[int, Team], now: datetime) -> bool:
    case, routed = asked.case, desk.route(asked, now)
    if routed is None or routed.plan.on_since is None or case.created_at < routed.plan.on_since:
        return False
    team_id = routed.team_id if routed.agent is not None else routed.plan.team_id
    if (case.team_id is None or (routed.agent is None and case.team_id == team_id)) and _was_told(case):
        return False  # a person took it away from everyone; or it waits in the team, as was said already
    try:
        to = agents[routed.agent] if routed.agent is not None else None
        assign_case(case=case, by=None, to=to, team=teams[team_id], now=now)
    except CannotTakeCases:  # they left a moment ago; somebody else gets it at the next look
        return False
    desk.give(routed, now)
    facts.record(_fact(case, routed, team_id), now=now)
    return routed.agent is not None


def _was_told(case: Case) -> bool:
    told = FactRow.objects.filter(workspace_id=case.workspace_id, subject=f"case:{case.pk}", kind=CaseRouted.__name__)
    return told.exists()


def _fact(case: Case, routed: Routed, team_id: int) -> CaseRouted:
    return CaseRouted(
        workspace_id=case.workspace_id,
        case_id=case.pk,
        agent_id=routed.agent,
        team_id=team_id,
        because=[list(reason) for reason in routed.reasons],
    )


def route_waiting(*, workspace_id: int, now: datetime) -> int:
    """Those that nobody could take when they came: somebody works again, or has less. How many were given out."""
    plans = list(RoutingPlan.objects.of(workspace_id).filter(on_since__isnull=False))
    if not plans:
        return 0
    since = min(plan.on_since for plan in plans if plan.on_since is not None)
    waiting = Case.objects.of(workspace_id).standing().filter(state=State.OPEN, assignee=None, created_at__gte=since)
    case_ids = list(waiting.order_by("-risk", "opened_at", "pk").values_list("pk", flat=True)[:BATCH])
    return route_cases(workspace_id=workspace_id, case_ids=case_ids, now=now) if case_ids else 0
