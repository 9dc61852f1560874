"""Routing in words, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.care.models import Case, State
from goodword.process.models import Ability, RoutingPlan
from goodword.process.policy_words import Names, condition_in_words
from goodword.process.rules.condition import Condition
from goodword.staff.models import Agent, Role, Team, Workspace
from goodword.staff.who_may import who_may


@dataclass(frozen=True, slots=True)
class WordedPlan:
    """A team, and how it gets and shares cases; `plan` is None where nothing is written down."""

    team: Team
    plan: RoutingPlan | None
    gets: str
    shares: str
    needs: Sequence[str]


@dataclass(frozen=True, slots=True)
class WordedAbility:
    """An agent, what they can do, and how much they have."""

    agent: Agent
    ability: Ability | None
    skills: str
    languages: str
    open: int
    limit: int


def plans_in_words(workspace: Workspace) -> list[WordedPlan]:
    """Every team, those with a plan first in their order."""
    plans = {plan.team_id: plan for plan in RoutingPlan.objects.of(workspace).select_related("overflow", "person")}
    names = Names(workspace)
    teams = sorted(
        Team.objects.of(workspace), key=lambda team: (plans[team.pk].place if team.pk in plans else 999, team.name)
    )
    return [_plan(team, plans.get(team.pk), names) for team in teams]


def _plan(team: Team, plan: RoutingPlan | None, names: Names) -> WordedPlan:
    if plan is None:
        return WordedPlan(team, None, "", "", ())
    shares = _("in turn") if plan.share == RoutingPlan.Share.ROUND_ROBIN else _("to whoever has least")
    if plan.person is not None:
        shares = _("straight to %(name)s; while they are away, %(how)s") % {"name": plan.person, "how": shares}
    elif plan.keeps_person:
        shares = _("to who answered the person before, else %(how)s") % {"how": shares}
    needs = [f"{need['skill']}: {', '.join(need['words'])}" for need in plan.needs]
    return WordedPlan(team, plan, _gets(plan, names), shares, needs)


def _gets(plan: RoutingPlan, names: Names) -> str:
    if not plan.draws:
        return _("only what people give to it")
    parts = [condition_in_words(plan.is_for, names)] if plan.is_for != Condition() else []
    if plan.words:
        parts.append(_("speaks of %(words)s") % {"words": ", ".join(plan.words)})
    return " · ".join(parts) or _("all that no other team gets")


def abilities_in_words(workspace: Workspace) -> list[WordedAbility]:
    """Everyone who answers, by name."""
    kept = {ability.agent_id: ability for ability in Ability.objects.of(workspace)}
    open_: dict[int, int] = {}
    for agent_id in (
        Case.objects.of(workspace)
        .standing()
        .filter(state=State.OPEN, assignee__isnull=False)
        .values_list("assignee", flat=True)
    ):
        open_[agent_id or 0] = open_.get(agent_id or 0, 0) + 1
    return [
        WordedAbility(
            agent,
            kept.get(agent.pk),
            ", ".join(kept[agent.pk].skills) if agent.pk in kept else "",
            ", ".join(kept[agent.pk].languages) if agent.pk in kept else "",
            open_.get(agent.pk, 0),
            kept[agent.pk].most_open if agent.pk in kept else Ability().most_open,
        )
        for agent in who_may(Role.AGENT, workspace=workspace)
    ]
