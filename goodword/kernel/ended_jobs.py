"""Jobs that came to their end are kept for a while, so that what failed can be seen and asked about; then they go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

_ENDED = ("succeeded", "failed", "cancelled", "aborted")


@dataclass(frozen=True, slots=True)
class FailedJobs:
    """How often a task gave up, and when it did last."""

    task: str
    count: int
    last_at: datetime


def failed_jobs() -> Sequence[FailedJobs]:
    """Jobs that were tried as often as they may be and failed, by task, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT job.task_name, count(DISTINCT job.id), max(event.at)"
            " FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id"
            " WHERE job.status = 'failed' GROUP BY job.task_name ORDER BY 2 DESC, 1"
        )
        return [FailedJobs(*row) for row in cursor.fetchall()]


def forget_jobs(*, before: datetime, limit: int) -> int:
    """Delete up to `limit` jobs of which nothing was heard since, with what is known of their tries; how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE id IN ("
            " SELECT job.id FROM procrastinate_jobs job WHERE job.status::text = ANY(%s) AND NOT EXISTS ("
            "  SELECT FROM procrastinate_events event WHERE event.job_id = job.id AND event.at >= %s"
            " ) ORDER BY job.id LIMIT %s)",
            [list(_ENDED), before, limit],
        )
        return int(cursor.rowcount)
