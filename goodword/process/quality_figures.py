"""What the quality reviews of the last weeks say, by agent and by question; always with n."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Avg, Count, Q

from goodword.care.measures import Interval, wilson
from goodword.process.models import QualityAnswer, QualityReview
from goodword.staff.models import Agent, Workspace

PERIOD: Final = timedelta(days=28)
GOOD: Final = 0.8  # of the points that could be had


@dataclass(frozen=True, slots=True)
class Held:
    """Of `n` reviews (or marks), those that were good; Wilson's interval, 95 %, None of nothing."""

    name: str
    good: int
    n: int
    mean: float | None = None  # of the scores

    @property
    def share(self) -> float | None:
        """None of nothing."""
        return self.good / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """In which the share truly lies."""
        return wilson(self.good, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class QualityFigures:
    """All of them, by agent, and by question with what fails most first."""

    whole: Held
    by_agent: Sequence[Held]
    by_question: Sequence[Held]


def quality_figures(workspace: Workspace, *, agent: Agent | None = None, now: datetime) -> QualityFigures:
    """Of the reviews of four weeks, of everybody or of `agent` alone. In two queries."""
    of = Q(agent=agent) if agent is not None else Q()
    reviews = QualityReview.objects.of(workspace).filter(of, at__gte=now - PERIOD).order_by()
    by_agent = [
        Held(row["agent__name"], row["good"], row["n"], row["mean"])
        for row in reviews.values("agent", "agent__name")
        .annotate(n=Count("pk"), good=Count("pk", filter=Q(score__gte=GOOD)), mean=Avg("score"))
        .order_by("agent__name")
    ]
    answers = QualityAnswer.objects.of(workspace).filter(review__in=reviews, mark__isnull=False)
    by_question = [
        Held(row["question__words"], row["good"], row["n"])
        for row in answers.values("question", "question__words")
        .annotate(n=Count("pk"), good=Count("pk", filter=Q(mark=QualityAnswer.Mark.YES)))
        .order_by("question")
    ]
    whole = Held("", sum(each.good for each in by_agent), sum(each.n for each in by_agent))
    return QualityFigures(whole, by_agent, sorted(by_question, key=lambda held: held.share or 0.0))
