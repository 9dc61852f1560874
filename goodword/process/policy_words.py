"""Policies in words, for the page that lists them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.care.models import Label, Priority
from goodword.process.models import Policy
from goodword.process.rules.condition import Condition
from goodword.process.rules.durations import write_minutes
from goodword.process.rules.ladder import ASSIGNEE, LEADS, TEAM, Rung
from goodword.process.rules.stretches import Timed
from goodword.process.words import name_of
from goodword.staff.models import Agent, Team, Workspace
from goodword.triage.models import Cause


@dataclass(frozen=True, slots=True)
class Worded:
    """A policy: which cases it is for, what it times, and who is told when."""

    policy: Policy
    is_for: str
    targets: Sequence[tuple[str, str]]
    ladder: Sequence[str]


def in_words(workspace: Workspace, policies: Sequence[Policy]) -> list[Worded]:
    """All of them, in four queries."""
    told = {name for policy in policies for rung in policy.rungs for name in rung.whom if isinstance(name, int)}
    names = Names(workspace, agent_ids=told)
    return [
        Worded(
            policy,
            condition_in_words(policy.is_for, names),
            [(name_of(timed), _length(policy, timed)) for timed in Timed if policy.target(timed) is not None],
            [_rung(rung, names) for rung in policy.rungs],
        )
        for policy in policies
    ]


class Names:
    """Of what rules name by id."""

    def __init__(self, workspace: Workspace, *, agent_ids: Collection[int] = ()) -> None:
        self.labels = dict(Label.objects.of(workspace).values_list("pk", "name"))
        self.teams = dict(Team.objects.of(workspace).values_list("pk", "name"))
        self.causes = {cause.pk: str(cause) for cause in Cause.objects.of(workspace).in_order()}
        self.agents = {agent.pk: str(agent) for agent in Agent.objects.filter(pk__in=agent_ids)} if agent_ids else {}


def condition_in_words(condition: Condition, names: Names) -> str:
    """E.g. "priority High or Urgent · risk from 60 · team Orders"."""
    parts: list[str] = []
    if condition.priorities:
        parts.append(_("priority %(any)s") % {"any": _any([str(Priority(one).label) for one in condition.priorities])})
    if condition.min_risk:
        parts.append(_("risk from %(n)d") % {"n": condition.min_risk})
    if condition.channels:
        parts.append(_("channel %(any)s") % {"any": _any(condition.channels)})
    if condition.labels:
        parts.append(_("label %(any)s") % {"any": _any([names.labels.get(pk, "?") for pk in condition.labels])})
    if condition.teams:
        parts.append(_("team %(any)s") % {"any": _any([names.teams.get(pk, "?") for pk in condition.teams])})
    if condition.causes:
        parts.append(_("cause %(any)s") % {"any": _any([names.causes.get(pk, "?") for pk in condition.causes])})
    if condition.words:
        parts.append(_("speaks of %(any)s") % {"any": _any(condition.words)})
    return " · ".join(parts) or _("every case")


def _any(names: Sequence[str]) -> str:
    return _(" or ").join(names)


def _length(policy: Policy, timed: Timed) -> str:
    amount = policy.target(timed)
    return write_minutes(
        int(amount.total_seconds()) // 60 if amount else None, in_business_time=policy.in_business_time
    )


def _rung(rung: Rung, names: Names) -> str:
    whom = _any([_who(name, names) for name in rung.whom])
    length = write_minutes(abs(rung.minutes))
    if rung.minutes < 0:
        text = _("%(time)s before: %(whom)s") % {"time": length, "whom": whom}
    elif rung.minutes == 0:
        text = _("when it is due: %(whom)s") % {"whom": whom}
    else:
        text = _("%(time)s after: %(whom)s") % {"time": length, "whom": whom}
    if rung.by_mail and rung.by_webhook:
        return _("%(told)s, by mail and webhook too") % {"told": text}
    if rung.by_webhook:
        return _("%(told)s, by webhook too") % {"told": text}
    return _("%(told)s, by mail too") % {"told": text} if rung.by_mail else text


def _who(name: str | int, names: Names) -> str:
    if isinstance(name, int):
        return names.agents.get(name, "?")
    return {ASSIGNEE: _("whose case it is"), TEAM: _("its team"), LEADS: _("who leads")}[name]
