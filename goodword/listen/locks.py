"""Locks by source: what must happen in order does, whichever process does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection

_LISTENING = 7400


class Step(IntEnum):
    """The steps of a mention's way, each in order within its source. The numbers are PostgreSQL lock classes."""

    INTAKE = 7401
    UNDERSTANDING = 7402
    ATTENDING = 7403


def take_turn(step: Step, source_id: int) -> None:
    """Wait until this transaction is the only one at `step` of the source; released at its end."""
    with connection.cursor() as cursor:
        # The two-key form takes 32-bit keys; ids beyond that share a lock, which costs time and nothing else.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [int(step), source_id % 2**31])


@contextmanager
def listening_lease(source_id: int) -> Iterator[bool]:
    """Be the only process that listens to a source. Yields False when another does; a killed holder's lease is free."""
    with connection.cursor() as cursor:
        key = [_LISTENING, source_id % 2**31]
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        (held,) = cursor.fetchone()
        try:
            yield held
        finally:
            if held and not connection.needs_rollback and connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
