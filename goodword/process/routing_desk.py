"""What routing goes by: plans in force, who is in which team, what they can do, have and were last given.

One picture of a moment, kept up to date while cases are given out from it; a rehearsal makes its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max

from goodword.care.models import Case, Message, MessageKind, State
from goodword.kernel.models import FactRow
from goodword.process.happenings import read_traits
from goodword.process.models import Ability, RoutingPlan
from goodword.process.rules.choose import Candidate, Choice, Method, Need, Reason, Why, choose
from goodword.process.rules.condition import Traits
from goodword.process.rules.spoken import folded
from goodword.staff.crew import Crew, Worker, read_crew
from goodword.staff.models import TeamMember, Workspace

KNOWS_FOR = timedelta(days=90)
_USUAL_LIMIT = Ability._meta.get_field("most_open").default
_UNDETERMINED = "und"  # ISO 639-2


@dataclass(frozen=True, slots=True)
class Asked:
    """A case as routing sees it."""

    case: Case
    traits: Traits
    words: str  # case-folded, single spaces
    language: str
    labels: frozenset[str]  # their names, case-folded
    knows: int | None


@dataclass(slots=True)
class Routed:
    """Where a case goes: the plan it came by, whom it goes to, of which team, and why."""

    plan: RoutingPlan
    team_id: int
    agent: int | None
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Desk:
    """`open` and `given_at` are by id of the agent, and change as cases are given out."""

    plans: Sequence[RoutingPlan]
    crew: Crew
    members: Mapping[int, set[int]]
    abilities: Mapping[int, Ability]
    open: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    given_at: dict[int, datetime] = field(default_factory=dict)

    def route(self, asked: Asked, now: datetime) -> Routed | None:
        """Where a case goes at this moment; None if no plan is for it."""
        plan = self._plan(asked)
        if plan is None:
            return None
        if self._takes_straight(plan, now):
            return Routed(plan, plan.team_id, plan.person_id, (Reason(Why.NAMED),))
        choice = self._choose(plan, plan.team_id, asked, now)
        if choice.agent is None and plan.overflow_id is not None:
            other = self._choose(plan, plan.overflow_id, asked, now)
            if other.agent is not None:
                return Routed(plan, plan.overflow_id, other.agent, (Reason(Why.OVERFLOW), *other.reasons))
        return Routed(plan, plan.team_id, *choice)

    def _takes_straight(self, plan: RoutingPlan, now: datetime) -> bool:
        named = next((worker for worker in self.crew.workers if worker.agent.pk == plan.person_id), None)
        return named is not None and not named.is_away(now)

    def give(self, routed: Routed, now: datetime) -> None:
        """Note that it went there."""
        if routed.agent is not None:
            self.open[routed.agent] += 1
            self.given_at[routed.agent] = now

    def _plan(self, asked: Asked) -> RoutingPlan | None:
        if asked.traits.team is not None:
            return next((plan for plan in self.plans if plan.team_id == asked.traits.team), None)
        return next((plan for plan in self.plans if plan.wants(asked.traits, asked.words)), None)

    def _choose(self, plan: RoutingPlan, team_id: int, asked: Asked, now: datetime) -> Choice:
        team = [self._candidate(worker.agent.pk, worker.may_take(now)) for worker in self._team(team_id)]
        known = frozenset(skill for one in team for skill in one.skills)
        need = Need(
            skills=frozenset(plan.skills_for(asked.words)) | (asked.labels & known),
            language=asked.language,
            knows=asked.knows if plan.keeps_person else None,
        )
        return choose(need, team, Method(plan.share))

    def _team(self, team_id: int) -> list[Worker]:
        return [worker for worker in self.crew.workers if worker.agent.pk in self.members.get(team_id, ())]

    def _candidate(self, agent: int, works: bool) -> Candidate:
        ability = self.abilities.get(agent)
        return Candidate(
            agent=agent,
            skills=frozenset(ability.skills if ability else ()),
            languages=frozenset(ability.languages if ability else ()),
            open=self.open[agent],
            limit=ability.most_open if ability else _USUAL_LIMIT,
            works=works,
            given_at=self.given_at.get(agent),
        )


def read_desk(workspace: Workspace, plans: Sequence[RoutingPlan], *, now: datetime) -> Desk:
    """As it stands: who has how many open cases, and when each was last given one."""
    desk = empty_desk(workspace, plans, since=now)
    open_ = Case.objects.of(workspace).standing().filter(state=State.OPEN, assignee__isnull=False)
    for agent, count in open_.order_by().values_list("assignee").annotate(Count("pk")):
        desk.open[agent] = count
    given = FactRow.objects.filter(workspace_id=workspace.pk, kind="CaseRouted", at__gte=now - KNOWS_FOR)
    for agent, at in given.order_by().values_list("data__agent_id").annotate(Max("at")):
        if agent is not None:
            desk.given_at[agent] = at
    return desk


def empty_desk(workspace: Workspace, plans: Sequence[RoutingPlan], *, since: datetime) -> Desk:
    """On which nobody has anything yet; rosters and absences as of `since` and later."""
    members: dict[int, set[int]] = defaultdict(set)
    for team_id, agent_id in TeamMember.objects.of(workspace).values_list("team", "agent"):
        members[team_id].add(agent_id)
    abilities = {ability.agent_id: ability for ability in Ability.objects.of(workspace)}
    return Desk(plans, read_crew(workspace, since=since), dict(members), abilities)


def read_asked(cases: Collection[Case], *, now: datetime) -> list[Asked]:
    """What routing asks about cases, which come with `identity` and `opening_mention`; in three queries."""
    traits, labels = read_traits(cases), _label_names(cases)
    knows = _who_knows({case.identity.person_id for case in cases}, now)
    return [
        Asked(
            case=case,
            traits=traits[case.pk],
            words=traits[case.pk].words,
            language=_language(case),
            labels=frozenset(labels[case.pk]),
            knows=knows.get(case.identity.person_id),
        )
        for case in cases
    ]


def _language(case: Case) -> str:
    """As it was read from the words; empty where nobody can tell."""
    read = case.opening_mention.read_lang if case.opening_mention is not None else None
    return "" if read in (None, _UNDETERMINED) else str(read)


def _label_names(cases: Collection[Case]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    put_on = Case.labels.through.objects.filter(case__in=[case.pk for case in cases])
    for case_id, name in put_on.values_list("case_id", "label__name"):
        found[case_id].add(folded(name))
    return found


def _who_knows(person_ids: Collection[int], now: datetime) -> dict[int, int]:
    """Who answered each person last, within `KNOWS_FOR`."""
    replies = Message.objects.filter(
        case__identity__person__in=person_ids,
        kind=MessageKind.REPLY,
        agent__isnull=False,
        automatic=False,
        at__gte=now - KNOWS_FOR,
        at__lt=now,
    )
    latest = replies.order_by("case__identity__person", "-at").distinct("case__identity__person")
    return {
        person: agent
        for person, agent in latest.values_list("case__identity__person", "agent")
        if person is not None and agent is not None
    }
