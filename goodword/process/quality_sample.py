"""Which answered cases are looked at: of each week and agent a few, drawn at random."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from goodword.care.delivery import ARRIVED
from goodword.care.models import Case, Message, MessageKind
from goodword.process.models import QualityReview
from goodword.process.quality_figures import GOOD
from goodword.process.rules.sample import draw
from goodword.staff.models import Agent, Workspace
from goodword.staff.week import Week

SIZE: Final = 3  # cases of an agent and a week


@dataclass(frozen=True, slots=True)
class Drawn:
    """A case that is looked at, and what was found, if somebody has looked."""

    case: Case
    review: QualityReview | None

    @property
    def is_good(self) -> bool:
        """Whether what was found counts as good on the same page."""
        return self.review is not None and self.review.score >= GOOD


@dataclass(frozen=True, slots=True)
class AgentSample:
    """What is looked at of an agent's week; `answered`: all cases in which they answered."""

    agent: Agent
    answered: int
    drawn: Sequence[Drawn]


def sample_of(workspace: Workspace, week: Week, *, agent: Agent | None = None) -> list[AgentSample]:
    """The samples of everybody who answered in a week, or of `agent` alone. In three queries."""
    answered = _answered(workspace, week, agent)
    drawn = {pk: draw(cases, size=SIZE, seed=f"{workspace.pk}:{week.monday}:{pk}") for pk, cases in answered.items()}
    reviews: dict[tuple[int, int], QualityReview] = {
        (review.agent_id, review.case_id): review
        for review in QualityReview.objects.of(workspace).filter(week=week.monday).select_related("by")
        if agent is None or review.agent_id == agent.pk
    }
    for agent_id, case_id in reviews:  # what was looked at stays, though the draw would be another one now
        if case_id not in drawn.setdefault(agent_id, []):
            drawn[agent_id].append(case_id)
    cases = (
        Case.objects.of(workspace)
        .select_related("identity__person")
        .in_bulk({pk for chosen in drawn.values() for pk in chosen})
    )
    agents = Agent.objects.in_bulk(list(drawn))
    samples = [
        AgentSample(
            agents[pk],
            len(answered.get(pk, ())),
            [Drawn(cases[case_id], reviews.get((pk, case_id))) for case_id in chosen],
        )
        for pk, chosen in drawn.items()
    ]
    return sorted(samples, key=lambda sample: (sample.agent.name, sample.agent.pk))


def _answered(workspace: Workspace, week: Week, agent: Agent | None) -> Mapping[int, set[int]]:
    """By agent, the cases in which they answered in the week, as far as the answer arrived."""
    replies = Message.objects.of(workspace).filter(
        kind=MessageKind.REPLY,
        automatic=False,
        agent__isnull=False,
        delivery__in=ARRIVED,
        at__gte=week.since,
        at__lt=week.until,
        case__merged_into=None,
    )
    if agent is not None:
        replies = replies.filter(agent=agent)
    found: dict[int, set[int]] = defaultdict(set)
    for agent_id, case_id in replies.order_by().values_list("agent", "case").distinct():
        found[agent_id or 0].add(case_id)
    return found
