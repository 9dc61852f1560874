"""Which case a conversation belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from goodword.care.conversations import NOBODY, Conversation
from goodword.care.lock import standing_case
from goodword.care.merge import merge_cases
from goodword.care.models import Case, State
from goodword.listen.models import Source, Thread


def cases_of(
    source: Source, conversations: Collection[Conversation], *, shared: Collection[int], now: datetime
) -> dict[Conversation, Case]:
    """The case that goes on in each of these conversations, locked; those that have none are left out.

    Where a late parent has joined two threads, their unresolved cases become one: they always were one need. In the
    thread of a case that was merged into another, that other one goes on. Of the `shared` threads the cases of other
    customers are left alone: thousands may have answered one announcement.
    """
    joined = _joined_into(source, {thread_id for thread_id, _customer in conversations})
    found: dict[Conversation, list[Case]] = {}
    locked = _lock_with_standing(list(_in_them(source, conversations, shared, joined)))
    for case in locked.values():
        thread_id = joined.get(case.thread_id or 0) or case.thread_id or 0
        conversation = thread_id, case.identity_id if thread_id in shared else NOBODY
        if conversation not in conversations:
            continue  # only locked since one of the others was merged into it, or of another customer
        goes_on = locked[standing_case(case).pk]  # one object a case, though several threads lead to it
        several = found.setdefault(conversation, [])
        if goes_on not in several:
            several.append(goes_on)
    for (thread_id, _customer), several in found.items():
        _move_into(thread_id, [case for case in several if case.thread_id in joined])
        _make_one(several, now)
    # The newest goes on: an older one was resolved so long ago that this one continues it.
    return {conversation: several[-1] for conversation, several in found.items()}


def _joined_into(source: Source, thread_ids: Collection[int]) -> dict[int, int]:
    """The threads that were joined into these, and into which."""
    joined = Thread.objects.of(source.workspace_id).filter(joined_into__in=thread_ids)
    return {pk: into for pk, into in joined.values_list("pk", "joined_into_id") if into is not None}


def _in_them(
    source: Source, conversations: Collection[Conversation], shared: Collection[int], joined: Mapping[int, int]
) -> QuerySet[Case]:
    threads = {thread_id for thread_id, _customer in conversations}
    threads |= joined.keys()
    shared_here = {thread_id for thread_id in threads if joined.get(thread_id, thread_id) in shared}
    whole = Q(thread_id__in=threads - shared_here)
    customers = {customer for _thread_id, customer in conversations} - {NOBODY}
    return Case.objects.of(source.workspace_id).filter(
        whole | Q(thread_id__in=shared_here, identity_id__in=customers) if shared_here else whole
    )


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
