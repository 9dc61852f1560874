"""Try other weights on the past, before they are switched on: which cases they would have moved. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from goodword.care.history import Histories
from goodword.care.models import Case, State
from goodword.care.weigh import heard_in, weigh_case
from goodword.staff.models import Workspace
from goodword.triage.reasons import sentence
from goodword.triage.risk import Risk
from goodword.triage.weights import Weights

PERIOD = timedelta(days=28)
MOST = 500  # cases, the latest


@dataclass(frozen=True, slots=True)
class Moved:
    """A case, its risk by the weights in force, and by those that are tried."""

    case: Case
    before: Risk
    after: Risk

    @property
    def by(self) -> int:
        """How many points, up or (negative) down."""
        return self.after.score - self.before.score

    @property
    def because(self) -> str:
        """What the risk would be of, in a sentence."""
        return sentence(part.because for part in self.after.parts)


@dataclass(frozen=True, slots=True)
class RiskRehearsal:
    """Who moved most comes first. `total`: all cases that were looked at."""

    total: int
    up: Sequence[Moved]
    down: Sequence[Moved]

    @property
    def moved(self) -> int:
        """How many would have been weighed otherwise."""
        return len(self.up) + len(self.down)


def rehearse_risk(workspace: Workspace, weights: Weights, *, now: datetime) -> RiskRehearsal:
    """Weigh what is open, and what was opened in the last four weeks, by what is in force and by `weights`."""
    recent = Case.objects.of(workspace).standing().filter(Q(opened_at__gte=now - PERIOD) | ~Q(state=State.RESOLVED))
    cases = list(recent.order_by("-opened_at", "-pk")[:MOST])
    heard = heard_in(cases)
    histories = Histories(workspace.pk, [mention for said in heard.values() for mention in said])
    moved = [
        Moved(
            case,
            weigh_case(case, heard[case.pk], histories, now=now),
            weigh_case(case, heard[case.pk], histories, now=now, weights=weights),
        )
        for case in cases
    ]
    return RiskRehearsal(
        total=len(cases),
        up=sorted((each for each in moved if each.by > 0), key=lambda each: -each.by),
        down=sorted((each for each in moved if each.by < 0), key=lambda each: each.by),
    )
