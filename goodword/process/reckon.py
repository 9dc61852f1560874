"""Reckon the clocks of cases by what happened in them; warn, escalate, and say what is late.

The same verb serves facts and time: a clock that has come to a moment is first held against what happened since, so
nobody is warned of what was answered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from goodword.care.models import Case
from goodword.care.set_next_due import set_next_due
from goodword.kernel.redoable import redoable
from goodword.process.case_clocks import CaseClocks
from goodword.process.escalate import escalate, note_late
from goodword.process.happenings import read_happenings, read_traits
from goodword.process.keep_clocks import keep_clocks
from goodword.process.models import Clock, Policy
from goodword.staff.models import Workspace
from goodword.staff.working_times import WorkingTimes, working_times

BATCH = 250  # cases of one transaction: their rows are locked for some tenths of a second


def reckon_clocks(*, workspace_id: int, case_ids: Collection[int], now: datetime) -> int:
    """Bring the clocks of these cases up to date; how many clocks that changed."""
    policies = [policy for policy in Policy.objects.of(workspace_id) if policy.in_force_since is not None]
    if not policies and not Clock.objects.of(workspace_id).filter(case__in=case_ids, ended_at=None).exists():
        return 0
    times = working_times(Workspace.objects.get(pk=workspace_id))
    ordered = sorted(set(case_ids))
    return sum(
        _reckon(workspace_id, ordered[start : start + BATCH], policies, times, now)
        for start in range(0, len(ordered), BATCH)
    )


@transaction.atomic
def _reckon(
    workspace_id: int, case_ids: Sequence[int], policies: Sequence[Policy], times: WorkingTimes, now: datetime
) -> int:
    redoable()
    rows = Case.objects.of(workspace_id).filter(pk__in=case_ids).order_by("pk")
    cases = list(rows.select_for_update(of=("self",), no_key=True))
    traits, happened = read_traits(cases), read_happenings([case.pk for case in cases])
    clocks: dict[int, list[Clock]] = {case.pk: [] for case in cases}
    for clock in Clock.objects.of(workspace_id).filter(case__in=cases).select_related("policy"):
        clocks[clock.case_id].append(clock)
    changed: list[Clock] = []
    gone_through: list[CaseClocks] = []
    for case in cases:
        policy = next((each for each in policies if each.is_for.holds(traits[case.pk])), None)
        each = CaseClocks(case, policy, times.of_team(case.team_id), clocks[case.pk], now)
        changed += each.reckon([] if case.merged_into_id else happened[case.pk].stretches())
        gone_through.append(each)
    keep_clocks(changed)
    note_late(workspace_id=workspace_id, clocks=[clock for each in gone_through for clock in each.late], now=now)
    escalate(workspace_id=workspace_id, climbs=[climb for each in gone_through for climb in each.climbs], now=now)
    set_next_due(workspace_id=workspace_id, due={each.case.pk: each.next_due for each in gone_through})
    return len(changed)


def late_workspaces(*, now: datetime) -> list[int]:
    """The workspaces in which the moment of a clock has come."""
    due = Clock.objects.filter(next_at__lte=now).order_by()
    return list(due.values_list("workspace_id", flat=True).distinct())


def tick(*, workspace_id: int, now: datetime, limit: int = 250) -> int:
    """Look at the clocks whose moment has come, the longest due first, up to `limit`; how many there were."""
    due = Clock.objects.of(workspace_id).filter(next_at__lte=now).order_by("next_at")
    found = list(due.values_list("case_id", flat=True)[:limit])
    reckon_clocks(workspace_id=workspace_id, case_ids=set(found), now=now)
    return len(found)


def reckon_all(*, workspace_id: int, now: datetime) -> int:
    """After hours or a policy changed: the clocks of every case that has one open. How many cases."""
    reached = done = 0
    while True:
        open_ = Clock.objects.of(workspace_id).filter(ended_at=None, case_id__gt=reached)
        case_ids = list(open_.order_by("case_id").values_list("case_id", flat=True).distinct()[:BATCH])
        if not case_ids:
            return done
        reckon_clocks(workspace_id=workspace_id, case_ids=case_ids, now=now)
        reached, done = case_ids[-1], done + len(case_ids)
