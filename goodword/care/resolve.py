"""Say that a case is solved, and take that back. Whether it is, the customer says: see decide.py."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.before_resolve import NotYet, needed_before_resolving
from goodword.care.delivery import IN_OUTBOX
from goodword.care.events import ResolutionProposed, ResolutionWithdrawn
from goodword.care.for_customers import for_customers
from goodword.care.lock import lock_case
from goodword.care.measures import seconds_waited
from goodword.care.models import Case, Delivery, Episode, Message, MessageKind, Resolution, ResolutionLink, State
from goodword.care.record_cause import record_cause
from goodword.care.reply import queue_reply
from goodword.care.terms import terms_of
from goodword.care.touch import touch_cases
from goodword.care.undo import TooLate, undo_reply
from goodword.connectors.contract import Purpose
from goodword.kernel import facts
from goodword.kernel.ids import new_token, token_digest
from goodword.staff.models import Agent
from goodword.triage.models import Cause

LINK_LIVES = timedelta(days=30)


class NothingToWithdraw(Exception):
    """The case isn't resolved, or the customer has had their word on it."""


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
    now: datetime,
) -> Episode:
    """End the episode; resolving twice ends it once. A `cause` that is named is recorded with it.

    With `ask`, a closing message carries `words`, the question whether it is solved and the link to answer it: the
    resolution is then proposed, until the customer decides or it lapses. Without, nobody is asked and nothing lapses.
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
    episode.resolved_at, episode.resolved_by = now, by
    episode.resolution = Resolution.PROPOSED if ask else ""
    episode.waited_seconds = _waited(episode, now)
    episode.save(update_fields=["resolved_at", "resolved_by", "resolution", "waited_seconds"])
    case.state, case.resolved_at = State.RESOLVED, now
    case.waiting_since = case.next_due_at = case.snoozed_until = None
    case.save(update_fields=["state", "resolved_at", "waiting_since", "next_due_at", "snoozed_until"])
    if ask:
        private, with_link = _where_to_ask(case)
        queue_reply(
            case=case,
            by=by,
            text=_closing_text(words, _issue_link(episode, now) if with_link else None),
            private=private,
            idempotency_key=idempotency_key,
            seen_inbound_id=seen_inbound_id,
            purpose=Purpose.RESOLUTION,
            over=over,
            now=now,
        )
    fact = ResolutionProposed(workspace_id=case.workspace_id, case_id=case.pk, episode=episode.number, asked=ask)
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return episode


@transaction.atomic
def withdraw_resolution(*, case: Case, by: Agent, now: datetime) -> Episode:
    """Go on with the same episode, as if it had not been resolved; the link stops working.

    A closing message that is still in the outbox becomes a draft again. Raises `NothingToWithdraw`, `MergedAway`.
    """
    case = lock_case(case)
    episode = case.episodes.latest("number")
    if case.state != State.RESOLVED or episode.decided_at is not None:
        raise NothingToWithdraw(_("The customer has had their word, or it isn't resolved. Reopen the case instead."))
    _take_back_closing_message(episode, by, now)
    ResolutionLink.objects.filter(episode=episode).delete()
    episode.resolved_at = episode.resolved_by = None
    episode.resolution, episode.waited_seconds = "", 0
    episode.save(update_fields=["resolved_at", "resolved_by", "resolution", "waited_seconds"])
    case.state, case.resolved_at = State.OPEN, None
    case.save(update_fields=["state", "resolved_at"])
    touch_cases(workspace_id=case.workspace_id, case_ids=[case.pk])
    fact = ResolutionWithdrawn(workspace_id=case.workspace_id, case_id=case.pk, episode=episode.number)
    facts.record(fact, now=now, actor_id=by.pk)
    return episode


def _where_to_ask(case: Case) -> tuple[bool, bool]:
    """Whether to ask privately, and whether the link may be in it: whoever holds the link speaks for the customer."""
    terms = terms_of(case)
    private = terms.becomes_private(terms.capabilities.can_reply_privately)
    return private, private or not terms.capabilities.public


def _closing_text(words: str, link: str | None) -> str:
    with for_customers():
        if link is None:
            question = _("Is it solved for you? Please answer with yes or no.")
        else:
            asks = _("Is it solved for you? Please answer with yes or no, or tell us here: %(link)s")
            question = asks % {"link": link}
    return f"{words.strip()}\n\n{question}" if words.strip() else question


def _issue_link(episode: Episode, now: datetime) -> str:
    """Make the episode's address. It can't be read again; a second resolution of the episode makes a new one."""
    token = new_token()
    ResolutionLink.objects.create(
        workspace_id=episode.workspace_id,
        episode=episode,
        digest=token_digest(token),
        asked_at=now,
        expires_at=now + LINK_LIVES,
    )
    return f"{settings.PUBLIC_URL}/s/{token}/"


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


def _take_back_closing_message(episode: Episode, by: Agent, now: datetime) -> None:
    """Only the agent's own words come back as a draft: the question and the link are made anew each time."""
    if not episode.resolution or episode.resolved_at is None:
        return  # nobody was asked
    queued = Message.objects.filter(
        episode=episode,
        kind=MessageKind.REPLY,
        delivery__in=[Delivery.HELD, Delivery.QUEUED],
        purpose=Purpose.RESOLUTION.value,
        at__gte=episode.resolved_at,
    ).first()
    if queued is None:
        return
    words = queued.text.rpartition("\n\n")[0]  # the question is one paragraph, the last: see `_closing_text`
    try:
        undo_reply(message=queued, by=by, now=now, text=words)
    except TooLate:
        return  # the customer will get it; answering it still works
