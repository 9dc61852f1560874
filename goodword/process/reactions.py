"""Door for facts: clocks follow what happens in cases."""

from __future__ import annotations

from typing import Any

from goodword.care import events as care
from goodword.kernel.clock import current_time
from goodword.kernel.facts import on, on_any
from goodword.process.approvals import tell_approvers
from goodword.process.events import DeadlineMissed, DeadlineTold, PolicyDeleted, PolicySaved, PolicySwitched
from goodword.process.reckon import reckon_all, reckon_clocks
from goodword.process.route import route_cases
from goodword.process.run_rules import run_rules
from goodword.staff.events import CalendarDeleted, CalendarSaved


@on_any(
    care.CaseOpened, care.CaseReopened, care.MessageReceived, care.ReplySent, care.ResolutionProposed,
    care.ResolutionWithdrawn, care.ResolutionDisputed, care.CasePrioritised, care.CaseLabelled, care.CaseAssigned,
    care.RiskReviewed, care.CasesMerged, care.MergeUndone, care.CaseSplit, care.SplitUndone,
)  # fmt: skip
def follow_cases(*, workspace_id: int, facts: list[dict[str, Any]], **_: object) -> None:
    """What was answered stops its clock, what was asked starts one."""
    case_ids = {fact[name] for fact in facts for name in ("case_id", "origin_id") if name in fact}
    reckon_clocks(workspace_id=workspace_id, case_ids=case_ids, now=current_time())


@on_any(PolicySaved, PolicySwitched, PolicyDeleted, CalendarSaved, CalendarDeleted)
def follow_rules(*, workspace_id: int, **_: object) -> None:
    """What is open falls due by the rules and hours that hold now."""
    reckon_all(workspace_id=workspace_id, now=current_time())


@on_any(
    care.CaseOpened, care.CaseReopened, care.MessageReceived, care.ResolutionProposed, care.ResolutionDisputed,
    care.CasePrioritised, care.CaseLabelled, care.CaseAssigned, DeadlineTold, DeadlineMissed,
)  # fmt: skip
def apply_rules(*, workspace_id: int, facts: list[dict[str, Any]], **_: object) -> None:
    """A rule that waits for what happened is set off by it."""
    run_rules(workspace_id=workspace_id, case_ids={fact["case_id"] for fact in facts}, now=current_time())


@on_any(care.CaseOpened, care.CaseReopened, care.CaseAssigned)
def give_out(*, workspace_id: int, facts: list[dict[str, Any]], **_: object) -> None:
    """A new case, or one that was given to a team, goes to whoever can take it. Nobody's stays nobody's."""
    taken_away = (fact for fact in facts if "team_id" in fact and fact["team_id"] is None)
    left = {fact["case_id"] for fact in facts} - {fact["case_id"] for fact in taken_away}
    if left:
        route_cases(workspace_id=workspace_id, case_ids=left, now=current_time())


@on(care.ReplyHeld)
def ask_for_approval(*, message_id: int, **_: object) -> None:
    """Who may approve it is told."""
    tell_approvers(message_id=message_id)
