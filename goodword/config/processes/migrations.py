"""Whether the tables are those this release was written for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
def alone_in_the_installation(what: int) -> Iterator[None]:
    """Wait until nobody else does `what` on this database, on any machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_OURS, what])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_OURS, what])
