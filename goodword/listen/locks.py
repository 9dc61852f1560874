"""Locks by source: what must happen in order does, whichever process does it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, IntEnum, auto

from django.db import connection, transaction

_LISTENING = 7400
_LOOKS, _BETWEEN_LOOKS = 4, 0.025  # seconds; whether a turn has come free


class Step(IntEnum):
    """The steps of a mention's way, each in order within its source. The numbers are PostgreSQL lock classes."""

    INTAKE = 7401
    UNDERSTANDING = 7402
    ATTENDING = 7403


def take_turn(step: Step, source_id: int) -> None:
    """Wait until this transaction is the only one at `step` of the source; released at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _key(step, source_id))


def try_turn(step: Step, source_id: int) -> bool:
    """As `take_turn`, but without waiting: False if another has the turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", _key(step, source_id))
        (taken,) = cursor.fetchone()
    return bool(taken)


class Left(Enum):
    """What a job leaves of a step of a source."""

    NOTHING = auto()
    MORE = auto()
    TAKEN = auto()  # another has the turn; whether it sees what this job was to do is not known


def work_in_turns(step: Step, source_id: int, batch: Callable[[], int], *, at_most: int) -> Left:
    """Call `batch` up to `at_most` times, each in a transaction that has the turn, until it returns zero.

    It hardly waits for the turn: a job that did would hold up those of other sources. Hardly, since who has it may be
    done this very moment, having looked just before there was more; what came in should not wait for the next look.
    """
    looks = 0
    for _ in range(at_most):
        while (left := _one_batch(step, source_id, batch)) is Left.TAKEN and looks < _LOOKS:
            looks += 1
            time.sleep(_BETWEEN_LOOKS)
        if left is not Left.MORE:
            return left
    return Left.MORE


def _one_batch(step: Step, source_id: int, batch: Callable[[], int]) -> Left:
    with transaction.atomic():
        if not try_turn(step, source_id):
            return Left.TAKEN
        return Left.MORE if batch() else Left.NOTHING


def _key(step: Step, source_id: int) -> list[int]:
    # The two-key form takes 32-bit keys; ids beyond that share a lock, which costs time and nothing else.
    return [int(step), source_id % 2**31]


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
