"""Keep what a case's row says of its messages: count, snippet, when it was last spoken."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection


def touch_cases(*, workspace_id: int, case_ids: Collection[int]) -> None:
    """Bring the rows up to date with the messages; call it in the transaction that added, moved or sent some.

    Computed anew from the messages each time, in one statement for all cases: a batch costs one round trip, and no
    counter drifts. Only what customer and brand have said counts: no notes, nothing that is still in the outbox.
    """
    if not case_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, {"workspace": workspace_id, "cases": list(case_ids)})


_TOUCH = """
WITH said AS (
    SELECT m.id, m.case_id, m.at, m.kind
    FROM care_message m
    WHERE m.case_id = ANY(%(cases)s) AND m.workspace_id = %(workspace)s
      AND (m.kind = 'inbound' OR m.kind = 'reply' AND m.delivery IN ('', 'sent', 'delivered', 'read'))
), counted AS (
    SELECT case_id, count(*) AS messages, max(at) AS last_at,
           max(at) FILTER (WHERE kind = 'inbound') AS inbound_at,
           max(id) FILTER (WHERE kind = 'inbound') AS inbound_id
    FROM said GROUP BY case_id
), newest AS (
    SELECT DISTINCT ON (case_id) case_id, id FROM said ORDER BY case_id, at DESC, id DESC
)
UPDATE care_case c
SET message_count = counted.messages,
    last_message_at = counted.last_at,
    last_inbound_at = coalesce(counted.inbound_at, c.last_inbound_at),
    last_inbound_id = coalesce(counted.inbound_id, 0),
    snippet = left(btrim(regexp_replace(left(coalesce(heard.text, own.text), 400), '\\s+', ' ', 'g')), 160)
FROM counted
JOIN newest USING (case_id)
JOIN care_message own ON own.id = newest.id
LEFT JOIN listen_mention heard ON heard.id = own.mention_id
WHERE c.id = counted.case_id AND c.workspace_id = %(workspace)s
"""
