"""Record what became of mentions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from goodword.listen.models import Disposition, Mention
from goodword.staff.models import Agent


@dataclass(frozen=True, slots=True)
class Decision:
    """A mention, what became of it and, in words for agents, why."""

    mention: Mention
    disposition: Disposition
    reason: str = ""


def decide_mentions(
    *, workspace_id: int, decisions: Sequence[Decision], now: datetime, by: Agent | None = None
) -> None:
    """Write dispositions, with the readings they rest on, for a whole batch in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _DECIDE,
            [
                now,
                by.pk if by else None,
                [decision.mention.pk for decision in decisions],
                [decision.disposition.value for decision in decisions],
                [decision.reason[:200] for decision in decisions],
                [json.dumps(decision.mention.reading) if decision.mention.reading else None for decision in decisions],
                [decision.mention.sentiment for decision in decisions],
                [decision.mention.read_lang for decision in decisions],
                workspace_id,
            ],
        )


_DECIDE = """
UPDATE listen_mention m
   SET disposition = d.disposition, disposition_reason = d.reason, decided_at = %s, decided_by_id = %s,
       reading = coalesce(d.reading::jsonb, m.reading),
       sentiment = CASE WHEN d.reading IS NULL THEN m.sentiment ELSE d.sentiment END,
       read_lang = coalesce(d.read_lang, m.read_lang)
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::smallint[], %s::text[])
       AS d(id, disposition, reason, reading, sentiment, read_lang)
 WHERE m.id = d.id AND m.workspace_id = %s
"""
