"""Transactions that need not wait for the disk."""

from __future__ import annotations

from django.db import connection


def redoable() -> None:
    """Let this transaction's commit return before it is on disk. Call it inside the transaction.

    For work that is done again where it is lost, as what was heard is understood again from the raw items: PostgreSQL
    loses such commits only together with all that followed them, the mark that the work is done among it, and only if
    the server itself dies within some tenths of a second. A commit that waits, such as the one before a reply leaves
    the house, puts all before it on disk too. (PostgreSQL manual, "Asynchronous Commit".)
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
