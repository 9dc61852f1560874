"""Which case a conversation belongs to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from goodword.care.conversations import NOBODY, Conversation
from goodword.care.lock import standing_case
from goodword.care.merge import merge_cases
from goodword.care.models import Case, State
from goodword.listen.models import Source, Thread


def cases_of_threads(
    source: Source, thread_ids: Collection[int], *, shared: Collection[int], now: datetime
) -> dict[Conversation, Case]:
    """The case that goes on in each conversation of these threads, locked; those that have none are left out.

    Where a late parent has joined two threads, their unresolved cases become one: they always were one need. In the
    thread of a case that was merged into another, that other one goes on.
    """
    joined = dict(
        Thread.objects.of(source.workspace_id).filter(joined_into__in=thread_ids).values_list("pk", "joined_into_id")
    )
    found: dict[Conversation, list[Case]] = {}
    cases = Case.objects.of(source.workspace_id).filter(Q(thread_id__in=thread_ids) | Q(thread_id__in=list(joined)))
    locked = _lock_with_standing(list(cases))
    for case in locked.values():
        thread_id = case.thread_id or 0
        if thread_id not in joined and thread_id not in thread_ids:
            continue  # only locked since one of the others was merged into it
        goes_on = locked[standing_case(case).pk]  # one object a case, though several threads lead to it
        thread_id = joined.get(thread_id) or thread_id
        several = found.setdefault((thread_id, case.identity_id if thread_id in shared else NOBODY), [])
        if goes_on not in several:
            several.append(goes_on)
    for (thread_id, _customer), several in found.items():
        _move_into(thread_id, [case for case in several if case.thread_id in joined])
        _make_one(several, now)
    # The newest goes on: an older one was resolved so long ago that this one continues it.
    return {conversation: several[-1] for conversation, several in found.items()}


def _lock_with_standing(cases: Sequence[Case]) -> dict[int, Case]:
    """The cases and those that stand for them, by id; locked in the order of their ids, as merging locks them."""
    locked = {case.pk: case for case in cases}
    ids: set[int] = set()
    while wanted := {pk for case in locked.values() for pk in (case.pk, standing_case(case).pk)} - ids:
        ids |= wanted
        rows = Case.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk")
        locked = {case.pk: case for case in rows}
    return locked


def _move_into(thread_id: int, cases: Sequence[Case]) -> None:
    elsewhere = [case.pk for case in cases if case.thread_id != thread_id]
    if elsewhere:
        Case.objects.filter(pk__in=elsewhere).update(thread_id=thread_id)


def _make_one(several: list[Case], now: datetime) -> None:
    """Merge what is unresolved into the case that began first, and let that one go on."""
    standing = sorted((case for case in several if case.state != State.RESOLVED), key=lambda case: case.opened_at)
    for case in standing[1:]:
        merge_cases(origin=case, target=standing[0], by=None, now=now)
        several.remove(case)
    if len(standing) > 1:
        standing[0].refresh_from_db()
        several.remove(standing[0])
        several.append(standing[0])
