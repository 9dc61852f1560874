"""Everything that was heard and said, as lines of JSON: nothing that a brand keeps here is locked in.

One query a kind, read through a server-side cursor, so that memory stays the same however much there is. The fields
are documented in docs/export.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.db import connection, transaction
from psycopg.rows import dict_row

from goodword.staff.models import Workspace

CHUNK = 5000


def export_lines(*, kind: str, workspace: Workspace) -> Iterator[bytes]:
    """One JSON object a line, in the order of ids. `kind` is one of `KINDS`."""
    connection.ensure_connection()
    with (
        transaction.atomic(),
        connection.connection.cursor(name="goodword_export", row_factory=dict_row) as cursor,
    ):
        cursor.itersize = CHUNK
        cursor.execute(KINDS[kind], {"workspace": workspace.pk})
        for row in cursor:
            yield orjson.dumps(_tidy(row), option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)


def _tidy(row: dict[str, Any]) -> dict[str, Any]:
    """Ids as text, as networks have them; nothing where there is nothing."""
    return {name: None if value == "" and name != "text" else value for name, value in row.items()}


_MENTIONS = """
SELECT m.id, s.name AS source, m.channel, m.external_id, m.thread_id::text AS thread,
       m.parent_external_id AS parent, m."references", m.thread_scope,
       i.native_id AS author, i.handle AS author_handle, i.name AS author_name,
       m.at, m.text, m.title, m.direction, m.kind, m.private, m.automatic, m.addressed, m.lang, m.url, m.rating,
       c.number AS "case", c.state, m.disposition, m.disposition_reason, m.reading::json,
       m.received_at, m.edited_at, m.deleted_at
  FROM listen_mention m
  JOIN listen_source s ON s.id = m.source_id
  JOIN people_identity i ON i.id = m.identity_id
  LEFT JOIN care_message g ON g.mention_id = m.id
  LEFT JOIN care_case c ON c.id = g.case_id
 WHERE m.workspace_id = %(workspace)s
 ORDER BY m.id
"""

_MESSAGES = """
SELECT g.id, c.channel, coalesce(m.external_id, g.external_id) AS external_id, m.thread_id::text AS thread,
       m.parent_external_id AS parent,
       coalesce(i.native_id, a.email) AS author, coalesce(i.name, a.name) AS author_name,
       g.at, coalesce(m.text, g.text) AS text, m.title,
       CASE g.kind WHEN 'inbound' THEN 'in' WHEN 'reply' THEN 'out' ELSE 'note' END AS direction,
       g.private, g.automatic, c.number AS "case", e.number AS episode, g.delivery AS state, m.disposition
  FROM care_message g
  JOIN care_case c ON c.id = g.case_id
  JOIN care_episode e ON e.id = g.episode_id
  LEFT JOIN listen_mention m ON m.id = g.mention_id
  LEFT JOIN people_identity i ON i.id = m.identity_id
  LEFT JOIN staff_agent a ON a.id = g.agent_id
 WHERE g.workspace_id = %(workspace)s
 ORDER BY g.id
"""

_CASES = """
SELECT c.number AS id, s.name AS source, c.channel, m.external_id, c.thread_id::text AS thread,
       i.native_id AS author, i.name AS author_name, i.person_id AS person,
       c.opened_at AS at, c.subject AS text, 'in' AS direction, c.number AS "case", c.state, m.disposition,
       c.priority, c.risk, c.risk_parts::json, c.message_count AS messages, a.email AS assignee, t.name AS team,
       (SELECT coalesce(json_agg(l.name ORDER BY l.name), '[]') FROM care_case_labels cl
          JOIN care_label l ON l.id = cl.label_id WHERE cl.case_id = c.id) AS labels,
       c.last_message_at, c.waiting_since, c.snoozed_until, c.resolved_at,
       o.number AS continues, into_case.number AS merged_into,
       (SELECT json_agg(json_build_object(
            'number', e.number, 'opened_at', e.opened_at, 'first_response_at', e.first_response_at,
            'resolved_at', e.resolved_at, 'resolution', nullif(e.resolution, ''), 'decided_at', e.decided_at,
            'solved', r.solved, 'person', r.person, 'comment', r.comment) ORDER BY e.number)
          FROM care_episode e LEFT JOIN care_rating r ON r.episode_id = e.id WHERE e.case_id = c.id) AS episodes
  FROM care_case c
  JOIN listen_source s ON s.id = c.source_id
  JOIN people_identity i ON i.id = c.identity_id
  LEFT JOIN listen_mention m ON m.id = c.opening_mention_id
  LEFT JOIN staff_agent a ON a.id = c.assignee_id
  LEFT JOIN staff_team t ON t.id = c.team_id
  LEFT JOIN care_case o ON o.id = c.continues_id
  LEFT JOIN care_case into_case ON into_case.id = c.merged_into_id
 WHERE c.workspace_id = %(workspace)s
 ORDER BY c.number
"""

_PEOPLE = """
SELECT p.id, p.name, p.about, p.created_at AS at, p.merged_into_id AS merged_into,
       (SELECT coalesce(json_agg(json_build_object(
            'channel', i.channel, 'id', i.native_id, 'handle', i.handle, 'name', i.name, 'email', i.email,
            'followers', i.followers, 'verified', i.verified, 'ours', i.ours) ORDER BY i.id), '[]')
          FROM people_identity i WHERE i.person_id = p.id) AS identities
  FROM people_person p
 WHERE p.workspace_id = %(workspace)s
 ORDER BY p.id
"""

KINDS = {"cases": _CASES, "messages": _MESSAGES, "mentions": _MENTIONS, "people": _PEOPLE}
