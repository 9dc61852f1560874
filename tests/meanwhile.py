"""What another connection does while ours is at work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def meanwhile(first: str, *, then: str = "") -> Iterator[list[object]]:
    """Another connection does `first`, does `then` as soon as it keeps us waiting, and commits.

    Gives what `then` found.
    """
    other: BaseDatabaseWrapper = connection.copy()
    other.set_autocommit(False)
    other.inc_thread_sharing()
    found: list[object] = []
    with other.cursor() as cursor:
        cursor.execute(first)

    def go_on() -> None:
        with other.cursor() as cursor:
            for _ in range(1_000):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    break
                time.sleep(0.01)
            if then:
                cursor.execute(then)
                found.extend(cursor.fetchall())
        other.commit()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield found
    finally:
        thread.join()
        other.dec_thread_sharing()
        other.close()


def twin_of(table: str, pk: int, **changed: str) -> str:
    """SQL that inserts a row like this one, with other values in some columns."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        columns = [name for (name,) in cursor.fetchall() if name != "id"]
    values = [f"'{changed[name]}'" if name in changed else f'"{name}"' for name in columns]
    quoted = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({quoted}) SELECT {", ".join(values)} FROM "{table}" WHERE id = {pk}'
