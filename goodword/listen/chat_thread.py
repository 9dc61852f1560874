"""A visitor's conversation, as their frame shows it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from goodword.connectors.contract import Malformed
from goodword.listen.chat_visitor import Visitor
from goodword.listen.models import Mention, RawItem, Source, Thread
from goodword.listen.take_chat import LEAVES, delivery_id, mail_id

MOST = 200  # messages; a frame shows the latest


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `key` stays the same while a page is open, from before a message is understood on.

    `leaves`: they asked to be answered by mail. `elsewhere`: we did; whoever holds this browser need not be who holds
    that mailbox, so that the frame tells of it and keeps the words to itself.
    """

    key: str
    at: datetime
    text: str
    ours: bool
    automatic: bool = False
    leaves: bool = False
    elsewhere: bool = False


def conversation_of(source: Source, visitor: Visitor) -> list[Said]:
    """What was said, in time order: also what was taken in and is not understood yet, and of ours what was sent."""
    said = [_said(source, visitor, mention) for mention in _mentions(source, visitor)]
    known = {one.key for one in said}
    return said + [one for one in _not_understood_yet(source, visitor) if one.key not in known]


def waiting_since(said: Sequence[Said]) -> datetime | None:
    """Since when the visitor waits for a person's word; None if they don't."""
    since = None
    for one in said:
        if not one.ours:
            since = since or one.at
        elif not one.automatic:
            since = None
    return since


def _mentions(source: Source, visitor: Visitor) -> list[Mention]:
    thread = Thread.objects.of(source.workspace_id).filter(source=source, native_id=visitor.conversation).first()
    if thread is None:
        return []
    # Of what was said by mail, only that they asked for it: an answer to our mail belongs to the mailbox's holder.
    shown = Q(source=source) | Q(direction="out") | Q(external_id__startswith=mail_id(visitor, ""))
    mentions = Mention.objects.of(source.workspace_id).filter(shown, thread_id=thread.joined_into_id or thread.pk)
    return list(mentions.order_by("-at", "-id")[:MOST])[::-1]


def _said(source: Source, visitor: Visitor, mention: Mention) -> Said:
    elsewhere = mention.source_id != source.pk and not mention.inbound
    return Said(
        key=_key(mention.external_id),
        at=mention.at,
        text="" if elsewhere else mention.text,
        ours=not mention.inbound,
        automatic=mention.automatic,
        leaves=LEAVES in mention.external_id,
        elsewhere=elsewhere,
    )


def _not_understood_yet(source: Source, visitor: Visitor) -> list[Said]:
    understood = Source.objects.values_list("understood_id", flat=True).get(pk=source.pk)
    waiting = RawItem.objects.of(source.workspace_id).filter(
        source=source, id__gt=understood, delivery_id__startswith=delivery_id(visitor, "")
    )
    found = []
    for raw in waiting.order_by("id")[:MOST]:
        try:
            heard = source.connector.parse(raw.as_heard(), {})
        except Malformed:
            continue
        found += [Said(_key(one.native_id), one.at, one.text, ours=False) for one in heard]
    return found


def _key(external_id: str) -> str:
    """For the page's own use: says nothing of the ids behind it."""
    return hashlib.blake2b(external_id.encode(), digest_size=9).hexdigest()
