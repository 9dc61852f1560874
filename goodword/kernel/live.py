"""Live updates: a word through PostgreSQL's NOTIFY, in the transaction of what it tells of."""

from __future__ import annotations

import json

from django.db import connection

CHANNEL = "goodword_live"


def announce(workspace_id: int, kind: str, subject: str, **more: str | int) -> None:
    """Tell open pages of a workspace that `subject` changed. They fetch what they need; no content travels here."""
    payload = json.dumps({"workspace": workspace_id, "kind": kind, "subject": subject, **more})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
