"""Our own words coming back from the network: they are the reply we sent, not a second one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from goodword.care.lock_message import lock_message
from goodword.care.models import Delivery, Message, MessageKind
from goodword.care.settle import mark_arrived
from goodword.listen.models import Mention, Source


@dataclass(frozen=True, slots=True)
class Own:
    """Replies that were recognised, by the network's id and by our key."""

    by_external_id: dict[str, Message] = field(default_factory=dict)
    by_key: dict[str, Message] = field(default_factory=dict)

    def reply(self, *, external_id: str, key: str | None) -> Message | None:
        """The reply that these are the words of, if they are ours."""
        return self.by_external_id.get(external_id) or self.by_key.get(key or "")


def match_own(*, workspace_id: int, source: Source, external_ids: Collection[str], keys: Collection[str]) -> Own:
    """Find replies that went out by `source`, for a whole batch of what was heard with the direction `out`.

    A key that we never used, or used elsewhere, matches nothing: anyone could claim one.
    """
    if not external_ids and not keys:
        return Own()
    sent_by_us = Q(answers__mention__source=source) | Q(answers=None, case__source=source)
    replies = (
        Message.objects.of(workspace_id)
        .filter(sent_by_us, kind=MessageKind.REPLY, idempotency_key__isnull=False)
        .exclude(delivery=Delivery.UNDONE)
    )
    own = Own()
    for reply in replies.filter(external_id__in=[*external_ids]).exclude(external_id=""):
        own.by_external_id[reply.external_id] = reply
    for reply in replies.filter(idempotency_key__in=[*keys]):
        own.by_key[reply.idempotency_key or ""] = reply
    return own


@transaction.atomic
def attach_own(*, message: Message, mention: Mention, now: datetime) -> None:
    """Tie a reply to its echo. That the network shows it proves that it arrived, whatever became of its sender."""
    mark_arrived(message=message, to=Delivery.SENT, external_id=mention.external_id, at=mention.at, now=now)
    message = lock_message(message.pk)
    if message.mention_id is None:  # a second echo (a copy on a mailing list) changes nothing
        message.mention = mention
        message.save(update_fields=["mention"])


def recognise_echoes(source: Source, outbound: Sequence[Mention], now: datetime) -> set[int]:
    """Ids of mentions that are replies we sent; each is tied to its message, which is there already."""
    own = match_own(
        workspace_id=source.workspace_id,
        source=source,
        external_ids=[mention.external_id for mention in outbound],
        keys=[key for mention in outbound if (key := _key_of(mention))],
    )
    echoes = [
        (reply, mention)
        for mention in outbound
        if (reply := own.reply(external_id=mention.external_id, key=_key_of(mention))) is not None
    ]
    for reply, mention in sorted(echoes, key=lambda echo: echo[0].case_id):  # locked in the order of their ids
        attach_own(message=reply, mention=mention, now=now)
    return {mention.pk for _reply, mention in echoes}


def _key_of(mention: Mention) -> str | None:
    """The key that the words claim to be sent under; a file may hold anything there."""
    key = mention.extra.get("idempotency_key")
    return key if isinstance(key, str) else None
