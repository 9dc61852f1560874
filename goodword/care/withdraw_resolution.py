"""Take back that a case is solved, as long as the customer has not had their word on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.closing import own_words_of
from goodword.care.events import ResolutionWithdrawn
from goodword.care.lock import lock_case
from goodword.care.models import Case, Delivery, Episode, Message, MessageKind, ResolutionLink, State
from goodword.care.touch import touch_cases
from goodword.care.undo import TooLate, undo_reply
from goodword.connectors.contract import Purpose
from goodword.kernel import facts
from goodword.staff.models import Agent


class NothingToWithdraw(Exception):
    """The case isn't resolved, or the customer has had their word on it."""


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


def _take_back_closing_message(episode: Episode, by: Agent, now: datetime) -> None:
    """Only the agent's own words come back as a draft: the question and the link are made anew each time."""
    if not episode.resolution or episode.resolved_at is None:
        return  # nobody was asked
    queued = Message.objects.filter(
        episode=episode,
        kind=MessageKind.REPLY,
        delivery=Delivery.QUEUED,
        purpose=Purpose.RESOLUTION.value,
        at__gte=episode.resolved_at,
    ).first()
    if queued is None:
        return
    try:
        undo_reply(message=queued, by=by, now=now, text=own_words_of(queued))
    except TooLate:
        return  # the customer will get it; answering it still works
