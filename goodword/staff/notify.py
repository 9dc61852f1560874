"""Tell agents something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from goodword.kernel import live
from goodword.staff.models import Notice


class Word(NamedTuple):
    """What some agents are told about one thing."""

    agent_ids: Iterable[int]
    kind: Notice.Kind
    subject: str
    text: str
    at: datetime


def notify(
    *, workspace_id: int, agent_ids: Iterable[int], kind: Notice.Kind, subject: str, text: str, now: datetime
) -> None:
    """Leave each agent a notice; giving the same one twice leaves one. Call it inside a verb's transaction."""
    notify_all(workspace_id=workspace_id, words=[Word(agent_ids, kind, subject, text, now)])


def notify_all(*, workspace_id: int, words: Iterable[Word]) -> None:
    """The same of many things at once; open pages get one word for all of them."""
    notices = [
        Notice(
            workspace_id=workspace_id,
            agent_id=agent_id,
            kind=word.kind,
            subject=word.subject,
            text=word.text[:300],
            at=word.at,
        )
        for word in words
        for agent_id in set(word.agent_ids)
    ]
    if notices:
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        subjects = {notice.subject for notice in notices}
        live.announce(workspace_id, "Notice", subjects.pop() if len(subjects) == 1 else "")
