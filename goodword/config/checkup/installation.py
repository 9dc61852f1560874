"""The installation: its database and what must be in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from goodword.config.checkup.finding import Finding, State
from goodword.config.embedded import URL_VARIABLE, EmbeddedError, shared_database
from goodword.config.home import open_home

_OLDEST_POSTGRESQL = 15


def look_at_database() -> Iterator[Finding]:
    """The server, the tables, the people, the worker."""
    named = URL_VARIABLE in os.environ
    try:
        with shared_database(open_home()) as database:
            os.environ[URL_VARIABLE] = database.url
            yield from _inside_database(Path(database.cluster.place) if database.cluster else None)
    except EmbeddedError as error:
        yield Finding("Database", State.ILL, str(error))
    finally:
        if not named:
            os.environ.pop(URL_VARIABLE, None)


def _inside_database(place: Path | None) -> Iterator[Finding]:
    import psycopg

    try:
        with psycopg.connect(os.environ[URL_VARIABLE], connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
            row = connection.execute("SHOW server_encoding").fetchone()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        yield Finding("Database", State.ILL, f"does not answer: {reason}. Is the address in {URL_VARIABLE} right?")
        return
    where = f"embedded, in {place}" if place else f"named by {URL_VARIABLE}"
    if version < _OLDEST_POSTGRESQL:
        yield Finding("Database", State.ILL, f"PostgreSQL {version}; {_OLDEST_POSTGRESQL} or later is needed")
        return
    if row != ("UTF8",):
        yield Finding(
            "Database", State.ILL, "its encoding is not UTF8: make another with CREATE DATABASE … ENCODING 'UTF8'"
        )
        return
    yield Finding("Database", State.WELL, f"PostgreSQL {version}, {where}")
    yield from _installation()


def _jobs() -> Finding:
    from goodword.kernel.ended_jobs import failed_jobs

    given_up = failed_jobs()
    if not given_up:
        return Finding("Jobs", State.WELL, "none was given up")
    told = ", ".join(f"{each.task} ({each.count}, last {each.last_at:%Y-%m-%d %H:%M} UTC)" for each in given_up)
    return Finding("Jobs", State.ILL, f"given up after several tries: {told}. The worker's log says why")


def _installation() -> Iterator[Finding]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.config.settings")
    import django

    django.setup(set_prefix=False)
    from django.db import connection

    from goodword.config.processes.metrics import worker_seen
    from goodword.config.processes.migrations import unapplied_migrations
    from goodword.staff.models import Agent

    try:
        if not connection.introspection.table_names():
            yield Finding("Tables", State.MISSING, "none yet: `goodword up` makes them")
            return
        if waiting := len(unapplied_migrations()):
            yield Finding("Tables", State.ILL, f"{waiting} migrations are to be applied: `goodword up` does it")
            return
        yield Finding("Tables", State.WELL, "up to date")
        if Agent.objects.filter(is_active=True).exists():
            yield Finding("People", State.WELL, f"{Agent.objects.filter(is_active=True).count()} may sign in")
        else:
            yield Finding("People", State.ILL, "nobody may sign in: goodword user add NAME@EXAMPLE.COM --role admin")
        if worker_seen():
            yield Finding("Worker", State.WELL, "at work")
        else:
            yield Finding("Worker", State.MISSING, "none at work: `goodword up` or `goodword worker` starts one")
        yield _jobs()
    finally:
        connection.close()
