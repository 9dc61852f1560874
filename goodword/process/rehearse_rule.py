"""Try a rule on the past, before it is switched on: which cases it would have touched. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.care.models import Case
from goodword.kernel.models import FactRow
from goodword.process.happenings import read_traits
from goodword.process.models import Rule
from goodword.process.rules.whens import facts_of, when_of

PERIOD = timedelta(days=28)
MOST = 2_000  # happenings, the latest


@dataclass(frozen=True, slots=True)
class Touched:
    """A case, and when the rule would have been set off in it for the last time."""

    case: Case
    at: datetime


@dataclass(frozen=True, slots=True)
class RuleRehearsal:
    """Latest first; `happenings`: how often that which the rule waits for happened, `capped` if not all were seen."""

    cases: Sequence[Touched]
    happenings: int
    capped: bool


def rehearse_rule(rule: Rule, *, now: datetime) -> RuleRehearsal:
    """The happenings of the last four weeks, in cases as they stand today. In three queries."""
    rows = FactRow.objects.filter(workspace_id=rule.workspace_id, kind=facts_of(rule.waits_for), at__gte=now - PERIOD)
    found = [row for row in rows.order_by("-id")[: MOST + 1] if when_of(row.kind, row.data) == rule.waits_for]
    latest: dict[int, datetime] = {}
    for row in found[:MOST]:
        latest.setdefault(int(row.subject.partition(":")[2]), row.at)
    cases = Case.objects.of(rule.workspace_id).standing().in_bulk(list(latest))
    traits = read_traits(list(cases.values()))
    met = [Touched(cases[pk], at) for pk, at in latest.items() if pk in cases and rule.is_for.holds(traits[pk])]
    return RuleRehearsal(met, min(len(found), MOST), len(found) > MOST)
