"""Tell agents something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goodword.kernel import live
from goodword.staff.models import Notice


def notify(
    *, workspace_id: int, agent_ids: Iterable[int], kind: Notice.Kind, subject: str, text: str, now: datetime
) -> None:
    """Leave each agent a notice; giving the same one twice leaves one. Call it inside a verb's transaction."""
    notices = [
        Notice(workspace_id=workspace_id, agent_id=agent_id, kind=kind, subject=subject, text=text[:300], at=now)
        for agent_id in set(agent_ids)
    ]
    if notices:
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        live.announce(workspace_id, "Notice", subject)
