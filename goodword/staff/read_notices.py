"""An agent has read their notices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from goodword.staff.models import Agent, Notice, Workspace


def read_notices(
    *, workspace: Workspace, agent: Agent, now: datetime, notice_ids: Collection[int] | None = None
) -> int:
    """Mark these as read, or all of them; how many were unread. Nobody reads another's."""
    unread = Notice.objects.of(workspace).filter(agent=agent, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=now)
