"""How a case stands, and putting it back to that, through the verbs of care."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from django.utils.translation import gettext as _

from goodword.care.assign import CannotTakeCases, assign_case
from goodword.care.label import label_case
from goodword.care.models import Case, Label, Priority, State
from goodword.care.prioritise import set_priority
from goodword.care.snooze import snooze_case, wake_case
from goodword.care.take_note_back import take_note_back
from goodword.care.touch import touch_cases
from goodword.care.withdraw_resolution import NothingToWithdraw, withdraw_resolution
from goodword.staff.models import Agent, Team


class Standing(TypedDict):
    """How a case stands, as far as macros change it; times in ISO 8601."""

    team: int | None
    assignee: int | None
    priority: int
    labels: list[int]
    state: str
    snoozed_until: str | None


def standing_of(case: Case) -> Standing:
    """As the case stands now."""
    return Standing(
        team=case.team_id,
        assignee=case.assignee_id,
        priority=case.priority,
        labels=sorted(case.labels.values_list("pk", flat=True)),
        state=case.state,
        snoozed_until=case.snoozed_until.isoformat() if case.snoozed_until else None,
    )


def restore(
    *, case: Case, before: Standing, after: Standing, notes: Sequence[int], by: Agent, now: datetime
) -> list[str]:
    """What stands as the macro left it goes back; what doesn't any more is named. Within the transaction that holds
    the case."""
    left: list[str] = []
    if not _state(case, before, after, by, now):
        left.append(_("its state"))
    case.refresh_from_db()
    if not _assignment(case, before, after, by, now):
        left.append(_("who has it"))
    if before["priority"] != after["priority"]:
        if case.priority == after["priority"]:
            set_priority(case=case, by=by, priority=Priority(before["priority"]), now=now)
        else:
            left.append(_("its priority"))
    _labels(case, before, after, by, now)
    for note_id in notes:
        take_note_back(case=case, note_id=note_id, by=by, now=now)
    return left


def _state(case: Case, before: Standing, after: Standing, by: Agent, now: datetime) -> bool:
    """First out of what the macro brought it into, then to sleep again if it slept."""
    if (before["state"], before["snoozed_until"]) == (after["state"], after["snoozed_until"]):
        return True
    until = case.snoozed_until.isoformat() if case.snoozed_until else None
    if (case.state, until) != (after["state"], after["snoozed_until"]):
        return False
    if after["state"] == State.RESOLVED:
        try:
            withdraw_resolution(case=case, by=by, now=now)
        except NothingToWithdraw:
            return False
    slept_until = datetime.fromisoformat(before["snoozed_until"]) if before["snoozed_until"] else None
    if slept_until is not None and slept_until > now:
        snooze_case(case=case, by=by, until=slept_until, now=now)
    elif after["state"] == State.SNOOZED:
        wake_case(case=case, by=by, now=now)
        touch_cases(workspace_id=case.workspace_id, case_ids=[case.pk])  # pending again, if we wait for them
    return True


def _assignment(case: Case, before: Standing, after: Standing, by: Agent, now: datetime) -> bool:
    was, became = (before["team"], before["assignee"]), (after["team"], after["assignee"])
    if was == became:
        return True
    if (case.team_id, case.assignee_id) != became:
        return False
    team = Team.objects.of(case.workspace_id).filter(pk=was[0] or 0).first()
    try:
        assign_case(case=case, by=by, to=Agent.objects.filter(pk=was[1] or 0).first(), team=team, now=now)
    except CannotTakeCases:  # left the house since
        assign_case(case=case, by=by, to=None, team=team, now=now)
    return True


def _labels(case: Case, before: Standing, after: Standing, by: Agent, now: datetime) -> None:
    """Each by itself: a label that somebody put on since has nothing to do with it."""
    was, became = set(before["labels"]), set(after["labels"])
    known = Label.objects.of(case.workspace_id)
    label_case(
        case=case,
        by=by,
        add=list(known.filter(pk__in=was - became)),
        remove=list(known.filter(pk__in=became - was)),
        now=now,
    )
