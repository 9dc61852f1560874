"""A pytest plugin: one throw-away PostgreSQL for the whole session, or the one GOODWORD_TEST_DATABASE_URL names.

The tables are made once, in a database that is only ever copied: each process of the tests, and each product that the
browser meets, begins with a copy.

It is loaded by `-p` in pyproject.toml, since the address must stand in the environment before the Django settings
are read. The workers of pytest-xdist inherit it, and pytest-django gives each worker a database of its own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from goodword.config.embedded import embedded_database
from goodword.config.embedded.cluster import cluster_in

_HOME = "GOODWORD_HOME"
_URL = "GOODWORD_DATABASE_URL"
_ORIGINAL = "GOODWORD_TESTS_ORIGINAL"
_MAKING_THE_ORIGINAL = 0x7E57  # a key of PostgreSQL's advisory locks
_is_worker = "PYTEST_XDIST_WORKER" in os.environ

if not _is_worker:
    # Others may pass through: as root the server runs under another account.
    _home = Path(tempfile.mkdtemp(prefix="goodword-tests-"))
    _home.chmod(0o711)
    atexit.register(shutil.rmtree, _home)
    os.environ[_HOME] = str(_home)
    os.environ["GOODWORD_PLAIN_STATIC"] = "1"  # Nothing is collected for the tests.
    # The mail servers of the tests run on this machine, on ports that are free.
    os.environ |= {"GOODWORD_MAIL_NETWORKS": "127.0.0.0/8 ::1/128", "GOODWORD_MAIL_PORTS": "any"}
    os.environ[_URL] = os.environ.get("GOODWORD_TEST_DATABASE_URL") or cluster_in(_home).url
    os.environ[_ORIGINAL] = f"original_{os.getpid()}"


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker and "GOODWORD_TEST_DATABASE_URL" not in os.environ:
        server = ExitStack()
        server.enter_context(embedded_database(_home, throw_away=True))
        config.add_cleanup(server.close)
    elif not _is_worker:
        config.add_cleanup(_drop_original)


def original_database() -> str:
    """The name of a database with all tables and no rows, made when it is first asked for. Nobody may connect to it."""
    url, name = os.environ[_URL], os.environ[_ORIGINAL]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_MAKING_THE_ORIGINAL])
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            unfinished = f"{name}_unfinished"
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity=0"]
            there = {"DJANGO_SETTINGS_MODULE": "goodword.config.settings", _URL: make_conninfo(url, dbname=unfinished)}
            subprocess.run(migrate, env=os.environ | there, check=True)
            finish = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(finish.format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


def copy_database(name: str) -> str:
    """The address of a new database with all tables."""
    url = os.environ[_URL]
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    original = original_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(original)))
    return make_conninfo(url, dbname=name)


def _drop_original() -> None:
    with psycopg.connect(os.environ[_URL], autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(os.environ[_ORIGINAL])))
