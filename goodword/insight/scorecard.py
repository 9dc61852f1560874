"""The Five Ps scorecard: every measure with its trend and target, what falls short first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from goodword.insight.measures import MEASURES, Measure, P
from goodword.insight.weeks import COUNTED_WEEKS, Tally, together, week_begins
from goodword.learn.models import Target
from goodword.staff.models import Workspace
from goodword.ui.sparkline import Sparkline, sparkline


@dataclass(frozen=True, slots=True)
class Line:
    """A measure as it stands."""

    measure: Measure
    target: float
    weeks: Sequence[Tally]

    @property
    def figure(self) -> Tally:
        """Over the last weeks."""
        return together(self.weeks)

    @property
    def value(self) -> float | None:
        """A share 0–1, or hours; None where too little was counted."""
        if self.measure.in_hours:
            return self.figure.part
        return self.figure.share if self.figure.whole >= self.measure.fewest else None

    @property
    def shortfall(self) -> float:
        """How far it is from the target, as a part of the target; 0 where it is met or unknown."""
        if self.value is None:
            return 0.0
        if self.measure.in_hours:
            return max(0.0, self.value - self.target) / max(self.target, 1.0)
        return max(0.0, self.target - self.value) / self.target if self.target else 0.0

    @property
    def says(self) -> str:
        """The figure in words."""
        return written(self.value, in_hours=self.measure.in_hours)

    @property
    def target_says(self) -> str:
        """The target in words."""
        return written(self.target, in_hours=self.measure.in_hours)

    @property
    def line(self) -> Sparkline:
        """Week by week."""
        values = [each.part if self.measure.in_hours else each.share for each in self.weeks]
        told = ", ".join(written(value, in_hours=self.measure.in_hours) for value in values)
        says = _("The last %(weeks)d weeks: %(values)s") % {"weeks": len(values), "values": told}
        return sparkline(values, says=says)


@dataclass(frozen=True, slots=True)
class Card:
    """One P."""

    p: P
    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The page: the Ps, the one that falls short most first, and all that falls short, the farthest first."""

    cards: Sequence[Card]
    short: Sequence[Line]


def read_scorecard(workspace: Workspace, *, now: datetime) -> Scorecard:
    """Everything of it."""
    targets = targets_of(workspace)
    lines = [read_line(workspace, each, targets=targets, now=now) for each in MEASURES]
    names = p_names()
    cards = [
        Card(p, names[p], sorted((line for line in lines if line.measure.p is p), key=lambda line: -line.shortfall))
        for p in P
    ]
    return Scorecard(
        cards=sorted(cards, key=lambda card: -max(line.shortfall for line in card.lines)),
        short=sorted((line for line in lines if line.shortfall), key=lambda line: -line.shortfall),
    )


def read_line(workspace: Workspace, measure: Measure, *, targets: Mapping[str, float], now: datetime) -> Line:
    """One measure."""
    weeks = measure.weekly(workspace, week_begins(now))
    return Line(measure, targets.get(measure.key, measure.target), weeks)


def targets_of(workspace: Workspace) -> dict[str, float]:
    """What the workspace set itself, by measure."""
    return dict(Target.objects.of(workspace).values_list("measure", "value"))


def p_names() -> dict[P, str]:
    """What the Ps are called."""
    return {
        P.PARTICIPATION: _("Participation"),
        P.PLATFORM: _("Platform"),
        P.PRIORITISATION: _("Prioritisation"),
        P.RESOLUTION: _("Problem resolution"),
        P.PROCESS: _("Process"),
    }


def written(value: float | None, *, in_hours: bool) -> str:
    """0.834 → "83 %"; 2.5 hours → "2.5 h"; a dash for none."""
    if value is None:
        return "–"
    if in_hours:
        return _("%s h") % f"{value:.1f}".removesuffix(".0")
    return _("%d %%") % round(value * 100)


def days_counted() -> int:
    """How many days a figure is of."""
    return COUNTED_WEEKS * 7
