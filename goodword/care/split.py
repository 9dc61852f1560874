"""Make one case two, because it holds two needs; and make them one again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.delivery import ARRIVED
from goodword.care.events import CaseSplit, SplitUndone
from goodword.care.go_along import take_along
from goodword.care.lock import lock_case
from goodword.care.merge import episode_at, lock_merge, move_messages
from goodword.care.models import Case, CaseMerge, Episode, Message, MessageKind, State
from goodword.care.move_unsent import move_unsent
from goodword.care.open import take_numbers
from goodword.care.opening_words import opening_words
from goodword.care.touch import touch_cases
from goodword.kernel import facts
from goodword.staff.models import Agent


class CannotSplit(Exception):
    """These messages can't become a case of their own; the message says which can."""


@transaction.atomic
def split_case(*, case: Case, message_ids: Collection[int], by: Agent | None, now: datetime) -> Case:
    """Move messages into a new case of the customer who wrote the first of them; who answers stays the same.

    Further words in the same thread go on in the case that the thread had. Raises `CannotSplit`, `MergedAway`.
    """
    case = lock_case(case)
    moved = list(
        case.messages.filter(pk__in=message_ids).select_related("mention__identity", "episode").order_by("at", "pk")
    )
    first = _check(case, moved, message_ids)
    new = _new_case(case, first, now)
    episode = Episode.objects.create(
        workspace_id=case.workspace_id,
        case=new,
        number=1,
        opened_at=first.at,
        first_response_at=next((message.at for message in moved if _answers(message, first)), None),
    )
    split = CaseMerge.objects.create(
        workspace_id=case.workspace_id,
        kind=CaseMerge.Kind.SPLIT,
        origin=case,
        target=new,
        messages=[message.pk for message in moved],
        episodes=[message.episode_id for message in moved],
        by=by,
        at=now,
    )
    move_messages(dict.fromkeys(split.messages, episode.pk), to=new)
    take_along(case, new)
    touch_cases(workspace_id=case.workspace_id, case_ids=[case.pk, new.pk])
    fact = CaseSplit(workspace_id=case.workspace_id, case_id=new.pk, origin_id=case.pk)
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return Case.objects.get(pk=new.pk)


@transaction.atomic
def undo_split(*, split: CaseMerge, by: Agent, now: datetime) -> Case:
    """Put everything of the new case back, also what was said there since. Returns the case that it came from.

    Raises `CannotUndo`, and `MergedAway` where one of the two went into another case since: undo that first.
    """
    split = lock_merge(split, CaseMerge.Kind.SPLIT)
    origin, new = lock_case(split.origin), lock_case(split.target)
    came_from = dict(zip(split.messages, split.episodes, strict=True))
    episodes, said = list(origin.episodes.order_by("number")), list(new.messages.values_list("pk", "at"))
    own = {episode.pk for episode in episodes}  # of the new case's, none are left to come from
    back = {pk: episode_id for pk, episode_id in came_from.items() if episode_id in own}
    move_messages({pk: back.get(pk) or episode_at(episodes, at) for pk, at in said}, to=origin)
    _go_on_from(origin, new)
    move_unsent(new, origin)
    take_along(new, origin)
    new.merged_into = origin
    new.save(update_fields=["merged_into"])
    split.undone_at = now
    split.save(update_fields=["undone_at"])
    touch_cases(workspace_id=origin.workspace_id, case_ids=[origin.pk])
    fact = SplitUndone(workspace_id=origin.workspace_id, case_id=origin.pk, origin_id=new.pk)
    facts.record(fact, now=now, actor_id=by.pk)
    return Case.objects.get(pk=origin.pk)


def _go_on_from(origin: Case, new: Case) -> None:
    """What was merged into the new case, or split from it, is undone from the origin now.

    The origin took nothing over by such a merge, so that undoing gives nothing back but the messages.
    """
    CaseMerge.objects.filter(kind=CaseMerge.Kind.MERGE, target=new, undone_at=None).update(
        target=origin, target_before={"fields": {}, "labels": []}
    )
    CaseMerge.objects.filter(kind=CaseMerge.Kind.SPLIT, origin=new, undone_at=None).update(origin=origin)


def _check(case: Case, moved: Sequence[Message], message_ids: Collection[int]) -> Message:
    """The customer's first of the messages. Raises `CannotSplit`."""
    inbound = [message for message in moved if message.kind == MessageKind.INBOUND]
    if len(moved) != len(set(message_ids)):
        raise CannotSplit(_("One of these messages is no longer here. Load the page again, then choose."))
    if not inbound:
        raise CannotSplit(_("Choose at least one message of the customer."))
    if not case.messages.filter(kind=MessageKind.INBOUND).exclude(pk__in=message_ids).exists():
        raise CannotSplit(_("Leave at least one message of the customer here."))
    return inbound[0]


def _new_case(case: Case, first: Message, now: datetime) -> Case:
    mention = first.mention
    return Case.objects.create(
        workspace_id=case.workspace_id,
        number=take_numbers(case.workspace_id, 1),
        source_id=mention.source_id if mention else case.source_id,
        channel=mention.channel if mention else case.channel,
        identity_id=mention.identity_id if mention else case.identity_id,
        opening_mention=mention,
        subject=opening_words(mention.title if mention else "", first.words),
        state=State.OPEN,
        priority=case.priority,
        assignee_id=case.assignee_id,
        team_id=case.team_id,
        risk=case.risk,
        risk_parts=case.risk_parts,
        opened_at=first.at,
        last_message_at=first.at,
        last_inbound_at=first.at,
        created_at=now,
    )


def _answers(message: Message, first: Message) -> bool:
    by_us = message.kind == MessageKind.REPLY and not message.automatic and message.delivery in ARRIVED
    return by_us and message.at >= first.at
