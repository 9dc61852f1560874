"""Remember what an agent has seen of a case. No fact: it concerns nobody else."""

from __future__ import annotations

from django.db import connection

from goodword.care.models import Case, CaseSeen
from goodword.staff.models import Agent


def mark_seen(*, case: Case, by: Agent) -> None:
    """Remember that `by` has seen the case up to the customer's last message.

    What was seen stays seen: of two pages that load at once, the one that knew less takes nothing back.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [case.workspace_id, case.pk, by.pk, case.last_inbound_id])


def mark_unread(*, case: Case, by: Agent) -> None:
    """Let the case stand out for `by` again."""
    CaseSeen.objects.of(case.workspace_id).filter(case=case, agent=by).delete()


# Looking again at what was seen writes nothing.
_SEEN = """
INSERT INTO care_caseseen AS seen (workspace_id, case_id, agent_id, last_message_id) VALUES (%s, %s, %s, %s)
ON CONFLICT (workspace_id, agent_id, case_id) DO UPDATE SET last_message_id = EXCLUDED.last_message_id
WHERE seen.last_message_id < EXCLUDED.last_message_id
"""
