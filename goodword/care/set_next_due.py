"""Keep on a case's row when the next thing falls due in it; lists show it, and can be sorted by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection


def set_next_due(*, workspace_id: int, due: Mapping[int, datetime | None]) -> int:
    """By id of the case: when, or None for nothing. In one statement; how many rows that changed.

    What falls due is known to whoever calls this, and recorded there: it happens in the caller's transaction.
    """
    if not due:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_SET, {"workspace": workspace_id, "cases": list(due), "due": list(due.values())})
        return int(cursor.rowcount)


_SET = """
UPDATE care_case c SET next_due_at = given.due
FROM unnest(%(cases)s::bigint[], %(due)s::timestamptz[]) AS given (id, due)
WHERE c.id = given.id AND c.workspace_id = %(workspace)s AND c.next_due_at IS DISTINCT FROM given.due
"""
