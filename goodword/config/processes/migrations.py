"""Whether the tables are those this release was written for, and making them so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

# Keys of PostgreSQL's advisory locks, within the first of the two numbers, which is ours.
_OURS = 0x676F6F64
MIGRATING = 1


def unapplied_migrations() -> list[Migration]:
    """What is still to be applied, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _ in plan]


@contextmanager
def _silently(title: str) -> Iterator[None]:
    yield


def make_tables(step: Callable[[str], AbstractContextManager[None]] = _silently) -> None:
    """Bring the tables up to date, if they are not; two processes never do it at once. `step` tells of it."""
    with alone_in_the_installation(MIGRATING):
        if unapplied_migrations():
            with step("Bringing the tables up to date"):
                call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def alone_in_the_installation(what: int) -> Iterator[None]:
    """Wait until nobody else does `what` on this database, on any machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_OURS, what])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_OURS, what])
