"""Keep what a case's row says of its messages: count, snippet, when it was last spoken, who waits for whom."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection


def touch_cases(*, workspace_id: int, case_ids: Collection[int]) -> None:
    """Bring the rows up to date with the messages; call it in the transaction that added, moved or sent some.

    Computed anew from the messages each time, in one statement for all cases: a batch costs one round trip, no
    counter drifts, and the order in which things came in doesn't matter. Only what customer and brand have said
    counts: no notes, nothing that is still in the outbox. An open or pending case is open while the customer waits
    for us, and pending otherwise; snoozed and resolved ones stay what they are. Each episode's first response follows
    from its messages too, whether it was sent from here or heard on the network.
    """
    if not case_ids:
        return
    with connection.cursor() as cursor:
        for statement in (_TOUCH, _FIRST_RESPONSES):
            cursor.execute(statement, {"workspace": workspace_id, "cases": list(case_ids)})


# Waiting: since the first message after our last word; automatic replies don't count as one, and a message that needs
# no reply ("thanks, bye") makes nobody wait. Invisible characters are left out of the snippet: a direction mark in one
# line of a list would rearrange the next.
# One pass without joins: on a table that was never analysed the planner would nest them.
_TOUCH = """
WITH said AS (
    SELECT m.id, m.case_id, m.at, m.kind, h.disposition,
           left(coalesce(nullif(h.text, ''), nullif(h.title, ''), m.text), 400) AS words,
           max(m.at) FILTER (WHERE m.kind = 'reply' AND NOT m.automatic) OVER (PARTITION BY m.case_id) AS answered_until
    FROM care_message m LEFT JOIN listen_mention h ON h.id = m.mention_id
    WHERE m.case_id = ANY(%(cases)s) AND m.workspace_id = %(workspace)s
      AND (m.kind = 'inbound' OR m.kind = 'reply' AND m.delivery IN ('', 'sent', 'delivered', 'read'))
), counted AS (
    SELECT case_id, count(*) AS messages, max(at) AS last_at,
           max(at) FILTER (WHERE kind = 'inbound') AS inbound_at,
           max(id) FILTER (WHERE kind = 'inbound') AS inbound_id,
           (array_agg(words ORDER BY at DESC, id DESC))[1] AS last_words,
           min(at) FILTER (
               WHERE kind = 'inbound' AND disposition IS DISTINCT FROM 'no_reply_needed'
               AND (answered_until IS NULL OR at > answered_until)
           ) AS waiting_since
    FROM said GROUP BY case_id
)
UPDATE care_case c
SET message_count = counted.messages,
    last_message_at = counted.last_at,
    last_inbound_at = coalesce(counted.inbound_at, c.last_inbound_at),
    last_inbound_id = coalesce(counted.inbound_id, 0),
    snippet = left(btrim(regexp_replace(
        counted.last_words, '[\\s\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]+', ' ', 'g'
    )), 160),
    waiting_since = CASE WHEN c.state IN ('open', 'pending') THEN counted.waiting_since END,
    state = CASE WHEN c.state NOT IN ('open', 'pending') THEN c.state
                 WHEN counted.waiting_since IS NULL THEN 'pending' ELSE 'open' END
FROM counted
WHERE c.id = counted.case_id AND c.workspace_id = %(workspace)s
"""

# The first human reply that the customer could see, at or after the episode's beginning.
_FIRST_RESPONSES = """
UPDATE care_episode e
SET first_response_at = first.at
FROM (
    SELECT x.id, min(coalesce(h.at, m.at)) FILTER (
               WHERE m.kind = 'reply' AND NOT m.automatic AND coalesce(h.at, m.at) >= x.opened_at
               AND m.delivery IN ('', 'sent', 'delivered', 'read')
           ) AS at
    FROM care_episode x
    LEFT JOIN care_message m ON m.episode_id = x.id AND m.case_id = x.case_id
    LEFT JOIN listen_mention h ON h.id = m.mention_id
    WHERE x.case_id = ANY(%(cases)s) AND x.workspace_id = %(workspace)s
    GROUP BY x.id
) first
WHERE e.id = first.id AND e.first_response_at IS DISTINCT FROM first.at
"""
