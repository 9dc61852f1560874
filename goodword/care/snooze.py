"""Let a case sleep until a time, and wake it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import CaseSnoozed, CaseWoken
from goodword.care.lock import lock_case
from goodword.care.models import Case, State
from goodword.care.touch import touch_cases
from goodword.kernel import facts
from goodword.staff.models import Agent

LONGEST = timedelta(days=2 * 366)


class CannotSnooze(Exception):
    """The time has passed already or is too far away, or the case is resolved."""


@transaction.atomic
def snooze_case(*, case: Case, by: Agent | None, until: datetime, now: datetime) -> Case:
    """Put a case aside until `until`; a message of the customer wakes it before.

    Raises `CannotSnooze`, `MergedAway`.
    """
    case = lock_case(case)
    until = _within_reach(until, now)
    if case.state == State.RESOLVED:
        raise CannotSnooze(_("A resolved case needs no snoozing. Take the resolution back first."))
    case.state, case.snoozed_until, case.waiting_since = State.SNOOZED, until, None
    case.save(update_fields=["state", "snoozed_until", "waiting_since"])
    fact = CaseSnoozed(workspace_id=case.workspace_id, case_id=case.pk, until=until.isoformat())
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return case


def _within_reach(until: datetime, now: datetime) -> datetime:
    try:
        until = until.astimezone(UTC)
    except OverflowError:  # the first and the last hours that a date can be written for
        raise CannotSnooze(_("There is no such time. Choose another.")) from None
    if until <= now:
        raise CannotSnooze(_("This time has passed. Choose a later one."))
    if until - now > LONGEST:
        raise CannotSnooze(_("A case sleeps for two years at most. Choose an earlier time."))
    return until


@transaction.atomic
def wake_case(*, case: Case, by: Agent | None, now: datetime) -> Case:
    """Open a snoozed case again; any other is left as it is. Raises `MergedAway`."""
    case = lock_case(case)
    if case.state == State.SNOOZED:
        _wake([case], by, now)
        case.refresh_from_db()
    return case


@transaction.atomic
def wake_due(*, now: datetime, limit: int = 500) -> int:
    """Wake the cases whose time has come, up to `limit`; returns how many. Two runs at once share the work."""
    due = (
        Case.objects.standing()
        .filter(state=State.SNOOZED, snoozed_until__lte=now)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("snoozed_until")
    )
    cases = list(due[:limit])
    _wake(cases, None, now)
    return len(cases)


def _wake(cases: Sequence[Case], by: Agent | None, now: datetime) -> None:
    rows = Case.objects.filter(pk__in=[case.pk for case in cases])
    rows.update(state=State.OPEN, snoozed_until=None)
    for workspace_id in {case.workspace_id for case in cases}:
        touch_cases(
            workspace_id=workspace_id, case_ids=[case.pk for case in cases if case.workspace_id == workspace_id]
        )
    rows.update(state=State.OPEN)  # also where nobody waits for us: it was to be looked at now
    for case in cases:
        fact = CaseWoken(workspace_id=case.workspace_id, case_id=case.pk)
        facts.record(fact, now=now, actor_id=by.pk if by else None)
