"""Say that a case is solved. Whether it is, the customer says: see decide.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.before_resolve import NotYet, needed_before_resolving
from goodword.care.closing import LINK_LIVES, closing_text, issue_link, language_of, link_in
from goodword.care.delivery import IN_OUTBOX
from goodword.care.events import ResolutionProposed
from goodword.care.given_word import NO_WORD, GivenWord
from goodword.care.lock import lock_case
from goodword.care.measures import seconds_waited
from goodword.care.models import Case, Delivery, Episode, Message, MessageKind, Resolution, ResolutionLink, State
from goodword.care.new_reply import NewReply, Seen
from goodword.care.record_cause import record_cause
from goodword.care.reply import queue_reply
from goodword.care.terms import NotAllowed, terms_of
from goodword.connectors.contract import Purpose
from goodword.kernel import facts
from goodword.staff.models import Agent
from goodword.triage.models import Cause


@transaction.atomic
def resolve_case(
    *,
    case: Case,
    by: Agent | None,
    ask: bool,
    words: str = "",
    cause: Cause | None = None,
    idempotency_key: str = "",
    seen_inbound_id: int | None = None,
    over: str = "",
    word: GivenWord = NO_WORD,
    now: datetime,
) -> Episode:
    """End the episode; resolving twice ends it once. A `cause` that is named is recorded with it.

    With `ask`, a closing message carries `words`, the question whether it is solved and the link to answer it: the
    resolution is then proposed, until the customer decides or it lapses. Without, nobody is asked and nothing lapses.
    `word` is what the writer confirmed of the promises in `words`.
    Where somebody else has to see that message first, the case stays as it is until they let it go (`release_reply`).
    Raises `NotYet` where something has to be done first, `MergedAway`, `WrongCause`, and what `queue_reply` raises:
    then nothing was resolved.
    """
    case = lock_case(case)
    if cause is not None and by is not None:
        record_cause(case=case, by=by, cause=cause, now=now)
    episode = case.episodes.latest("number")
    if case.state == State.RESOLVED:
        return episode
    if needed := needed_before_resolving(case):
        raise NotYet(needed)
    if ask:
        if _waits_already(episode, idempotency_key):
            return episode
        private, with_link = where_to_ask(case)
        asked = queue_reply(
            case=case,
            by=by,
            reply=NewReply(
                text=closing_text(words, issue_link(episode, now) if with_link else None, lang=language_of(case)),
                private=private,
                idempotency_key=idempotency_key,
                purpose=Purpose.RESOLUTION,
                word=word,
            ),
            seen=Seen(seen_inbound_id),
            over=over,
            now=now,
        )
        if asked.delivery == Delivery.HELD:
            return episode
    _end(case, episode, by, asked=ask, now=now)
    return episode


def resolve_as_approved(closing: Message, *, now: datetime) -> None:
    """A closing message that was held goes out now: its case is resolved by its writer. Call it under the locks.

    Raises `NotYet`, and `NotAllowed` where somebody has gone on with the case since it was written.
    """
    case = closing.case
    if case.state == State.RESOLVED:
        return
    episode = case.episodes.latest("number")
    newer = Message.objects.filter(case=case, kind=MessageKind.INBOUND, pk__gt=closing.pk)
    if episode.pk != closing.episode_id or newer.exists():
        raise NotAllowed(_("The case has gone on since this was written: send it back to who wrote it."))
    if needed := needed_before_resolving(case):
        raise NotYet(needed)
    _point_link(closing, episode, now)
    _end(case, episode, closing.agent, asked=True, now=now)


def _point_link(closing: Message, episode: Episode, now: datetime) -> None:
    """The link in the message asks about this episode: it was made for another if a merge or a split moved the message.

    Where the episode has a link already, from a closing message of its own, each stays: confirming by either counts.
    """
    has_own = ResolutionLink.objects.filter(episode=episode).exists()
    pointed: dict[str, Any] = {} if has_own else {"episode": episode}
    link_in(closing).update(asked_at=now, expires_at=now + LINK_LIVES, **pointed)


def _waits_already(episode: Episode, idempotency_key: str) -> bool:
    """Whether this very question waits for approval. Raises `NotAllowed` if another does."""
    waiting = Message.objects.filter(episode=episode, purpose=Purpose.RESOLUTION, delivery=Delivery.HELD).first()
    if waiting is not None and waiting.idempotency_key != idempotency_key:
        raise NotAllowed(_("A closing message waits for approval already. Take it back first."))
    return waiting is not None


def _end(case: Case, episode: Episode, by: Agent | None, *, asked: bool, now: datetime) -> None:
    episode.resolved_at, episode.resolved_by = now, by
    episode.resolution = Resolution.PROPOSED if asked else ""
    episode.waited_seconds = _waited(episode, now)
    episode.save(update_fields=["resolved_at", "resolved_by", "resolution", "waited_seconds"])
    case.state, case.resolved_at = State.RESOLVED, now
    case.waiting_since = case.next_due_at = case.snoozed_until = None
    case.save(update_fields=["state", "resolved_at", "waiting_since", "next_due_at", "snoozed_until"])
    fact = ResolutionProposed(workspace_id=case.workspace_id, case_id=case.pk, episode=episode.number, asked=asked)
    facts.record(fact, now=now, actor_id=by.pk if by else None)


def where_to_ask(case: Case) -> tuple[bool, bool]:
    """Whether to ask privately, and whether the link may be in it: whoever holds the link speaks for the customer."""
    terms = terms_of(case)
    private = terms.becomes_private(terms.capabilities.can_reply_privately)
    return private, private or not terms.capabilities.public


def _waited(episode: Episode, now: datetime) -> int:
    """Seconds of the episode in which we waited for the customer."""
    said = (
        Message.objects.filter(episode=episode, automatic=False)
        .filter(kind__in=[MessageKind.INBOUND, MessageKind.REPLY])
        .exclude(delivery__in=[Delivery.HELD, *IN_OUTBOX, Delivery.FAILED, Delivery.UNDONE])
        .order_by("at", "pk")
        .values_list("at", "kind")
    )
    return seconds_waited([(at, kind == MessageKind.INBOUND) for at, kind in said], until=now)
