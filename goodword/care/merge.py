"""Make two cases one, because they are one need; and take them apart again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import CasesMerged, MergeUndone
from goodword.care.go_along import take_along
from goodword.care.lock import lock_case
from goodword.care.models import Case, CaseMerge, Episode, Label, Message, MessageKind, SearchDocument, State
from goodword.care.move_unsent import move_unsent
from goodword.care.touch import touch_cases
from goodword.kernel import facts
from goodword.staff.models import Agent

_MOMENTS = frozenset({"opened_at", "snoozed_until"})  # kept in ISO 8601
_SLEEP = frozenset({"state", "snoozed_until"})


class CannotMerge(Exception):
    """The two can't be one; the message says why, and what to do instead."""


class DifferentCustomers(CannotMerge):
    """They belong to two people. Whoever merges them says so once more: one would read what the other wrote."""


class CannotUndo(Exception):
    """It is undone already, or something that came later must be undone first."""


@transaction.atomic
def merge_cases(*, origin: Case, target: Case, by: Agent | None, confirmed: bool = False, now: datetime) -> CaseMerge:
    """Put everything of `origin` into `target`. The origin stays, out of sight, so that it can be undone exactly.

    The target takes over what is graver: priority, risk, an earlier beginning; who answers, if nobody did; the labels.
    What is open does not sleep in a snoozed target: that wakes.
    `by` is None where a late parent showed that two threads are one. Cases of two people need `confirmed`.
    Raises `CannotMerge`, `DifferentCustomers`, `MergedAway`.
    """
    origin, target = _lock_both(origin, target)
    _check(origin, target, sure=by is None or confirmed)
    moved = list(origin.messages.order_by("pk").values_list("pk", "episode_id", "at"))
    merge = CaseMerge.objects.create(
        workspace_id=target.workspace_id,
        kind=CaseMerge.Kind.MERGE,
        origin=origin,
        target=target,
        messages=[pk for pk, _episode, _at in moved],
        episodes=[episode for _pk, episode, _at in moved],
        target_before=_take_over(origin, target),
        by=by,
        at=now,
    )
    episodes = list(target.episodes.order_by("number"))
    move_messages({pk: episode_at(episodes, at) for pk, _episode, at in moved}, to=target)
    move_unsent(origin, target)
    take_along(origin, target)
    origin.merged_into = target
    origin.save(update_fields=["merged_into"])
    touch_cases(workspace_id=target.workspace_id, case_ids=[target.pk])
    fact = CasesMerged(workspace_id=target.workspace_id, case_id=target.pk, origin_id=origin.pk)
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return merge


@transaction.atomic
def undo_merge(*, merge: CaseMerge, by: Agent, now: datetime) -> Case:
    """Give `origin` back what came from it. What was said since stays where it was said. Returns the origin.

    Raises `CannotUndo`, and `MergedAway` where the target went into another case since: undo that first.
    """
    merge = lock_merge(merge, CaseMerge.Kind.MERGE)
    both = Case.objects.select_for_update(of=("self",)).filter(pk__in=[merge.origin_id, merge.target_id])
    origin = {case.pk: case for case in both.order_by("pk")}[merge.origin_id]
    target = lock_case(merge.target)
    still_there = set(Message.objects.filter(case=target, pk__in=merge.messages).values_list("pk", flat=True))
    came_from = dict(zip(merge.messages, merge.episodes, strict=True))
    move_messages({pk: came_from[pk] for pk in still_there}, to=origin)
    origin.merged_into = None
    origin.save(update_fields=["merged_into"])
    _give_back(target, merge)
    touch_cases(workspace_id=target.workspace_id, case_ids=[origin.pk, target.pk])
    fact = MergeUndone(workspace_id=target.workspace_id, case_id=target.pk, origin_id=origin.pk)
    facts.record(fact, now=now, actor_id=by.pk)
    _mark_undone(merge, now)
    return Case.objects.get(pk=origin.pk)


def lock_merge(merge: CaseMerge, kind: str) -> CaseMerge:
    """The row as it stands now, locked. Raises `CannotUndo` if it is undone, or of another kind."""
    locked = CaseMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if locked.undone_at is not None or locked.kind != kind:
        raise CannotUndo(_("This has been undone already."))
    return locked


def move_messages(episodes: Mapping[int, int], *, to: Case) -> None:
    """Move messages (id → the episode they become part of) to a case, with what the search knows of them."""
    by_episode: dict[int, list[int]] = defaultdict(list)
    for message_id, episode_id in episodes.items():
        by_episode[episode_id].append(message_id)
    for episode_id, message_ids in by_episode.items():
        Message.objects.filter(pk__in=message_ids).update(case=to, episode_id=episode_id)
    SearchDocument.objects.filter(pk__in=list(episodes)).update(case=to)


def episode_at(episodes: Sequence[Episode], at: datetime) -> int:
    """Of a case's episodes, in order, the one that a moment falls into; the first for any moment before."""
    begun = [episode for episode in episodes if episode.opened_at <= at]
    return (begun or episodes[:1])[-1].pk


def _lock_both(origin: Case, target: Case) -> tuple[Case, Case]:
    """Both rows, locked in the order of their ids, so that two merges never wait for each other."""
    if origin.pk == target.pk:
        raise CannotMerge(_("This is one and the same case. Choose another."))
    locked = {case.pk: lock_case(case) for case in sorted((origin, target), key=lambda case: case.pk)}
    return locked[origin.pk], locked[target.pk]


def _check(origin: Case, target: Case, *, sure: bool) -> None:
    if origin.workspace_id != target.workspace_id:
        raise CannotMerge(_("These cases belong to two workspaces."))
    if target.state == State.RESOLVED and origin.state != State.RESOLVED:
        raise CannotMerge(
            _("Case #%(number)s is resolved. Merge it into the open one instead.") % {"number": target.number}
        )
    if not sure and origin.identity.person_id != target.identity.person_id:
        raise DifferentCustomers(
            _("These cases belong to %(one)s and %(other)s. If they are one person, merge the two people first.")
            % {"one": origin.identity, "other": target.identity}
        )


def _take_over(origin: Case, target: Case) -> dict[str, Any]:
    """Change the target; return what changed, as name → [before, after], and the ids of the labels it got."""
    taken: dict[str, Any] = {}
    if origin.priority > target.priority:
        taken["priority"] = origin.priority
    if origin.risk > target.risk:
        taken |= {name: getattr(origin, name) for name in ("risk", "risk_parts")}
    if target.assignee_id is None and target.team_id is None:
        taken |= {"assignee_id": origin.assignee_id, "team_id": origin.team_id}
    if origin.opened_at < target.opened_at:
        taken["opened_at"] = origin.opened_at
    if origin.state == State.OPEN and target.state == State.SNOOZED:
        taken |= {"state": State.OPEN.value, "snoozed_until": None}
    before = {name: [_plain(getattr(target, name)), _plain(value)] for name, value in taken.items()}
    _change(target, taken)
    new_labels = set(origin.labels.values_list("pk", flat=True)) - set(target.labels.values_list("pk", flat=True))
    target.labels.add(*new_labels)
    return {"fields": before, "labels": sorted(new_labels)}


def _give_back(target: Case, merge: CaseMerge) -> None:
    """Undo `_take_over`, but leave what somebody has changed since; whom the customer woke does not sleep again."""
    fields, labels = merge.target_before["fields"], merge.target_before["labels"]
    woken = target.messages.filter(kind=MessageKind.INBOUND, at__gt=merge.at).exists()
    untouched = {
        name: datetime.fromisoformat(before) if name in _MOMENTS else before
        for name, (before, after) in fields.items()
        if _stands(target, name, after) and not (woken and name in _SLEEP)
    }
    _change(target, untouched)
    target.labels.remove(*Label.objects.filter(pk__in=labels))


def _stands(target: Case, name: str, after: Any) -> bool:
    """Whether a field is as merging left it. Open and pending follow from who waits for whom: nobody changes them."""
    now = _plain(getattr(target, name))
    return bool(now == after) or (name == "state" and {now, after} == {State.OPEN.value, State.PENDING.value})


def _change(case: Case, values: Mapping[str, Any]) -> None:
    if values:
        for name, value in values.items():
            setattr(case, name, value)
        case.save(update_fields=[name.removesuffix("_id") for name in values])


def _plain(value: Any) -> Any:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value


def _mark_undone(merge: CaseMerge, now: datetime) -> None:
    merge.undone_at = now
    merge.save(update_fields=["undone_at"])
