"""An agent takes back what they did last: a reply that waits in the outbox, or a resolution."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.closing import link_in, own_words_of
from goodword.care.lock_message import lock_message
from goodword.care.models import Case, Delivery, Episode, Message, State
from goodword.care.reopen import reopen_case
from goodword.care.touch import touch_cases
from goodword.care.undo import undo_reply
from goodword.care.withdraw_resolution import NothingToWithdraw, withdraw_resolution
from goodword.connectors.contract import Purpose
from goodword.staff.models import Agent


@transaction.atomic
def take_back_resolution(*, case: Case, by: Agent, now: datetime) -> Episode:
    """Go on in the same episode; where the customer has had their word on it, begin a new one. Raises `MergedAway`."""
    try:
        return withdraw_resolution(case=case, by=by, now=now)
    except NothingToWithdraw:
        episode = reopen_case(case=case, by=by, now=now)
        touch_cases(workspace_id=case.workspace_id, case_ids=[case.pk])
        return episode


@transaction.atomic
def take_back_reply(*, message: Message, by: Agent, now: datetime) -> None:
    """Undo a queued or held reply. A closing message takes its resolution with it: the customer was never asked.

    Raises `TooLate`; then nothing is taken back, since the customer was asked.
    """
    message = lock_message(message.pk)
    if message.purpose != Purpose.RESOLUTION:
        undo_reply(message=message, by=by, now=now)
    elif message.delivery == Delivery.QUEUED and _ends_case(message):
        withdraw_resolution(case=message.case, by=by, now=now)
    else:
        undo_reply(message=message, by=by, now=now, text=own_words_of(message))
        if message.case.state != State.RESOLVED:
            link_in(message).delete()


def _ends_case(message: Message) -> bool:
    """Whether it asks if the case, as it stands, is solved; the case may have gone on since."""
    if message.case.state != State.RESOLVED:
        return False
    episode = message.case.episodes.latest("number")
    return episode.pk == message.episode_id and episode.decided_at is None
