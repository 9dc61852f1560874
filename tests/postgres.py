"""A pytest plugin: one throw-away PostgreSQL for the whole session, or the one GOODWORD_TEST_DATABASE_URL names.

It is loaded by `-p` in pyproject.toml, since the address must stand in the environment before the Django settings
are read. The workers of pytest-xdist inherit it, and pytest-django gives each worker a database of its own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from goodword.config.embedded import embedded_database
from goodword.config.embedded.cluster import cluster_in

_HOME = "GOODWORD_HOME"
_URL = "GOODWORD_DATABASE_URL"
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


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker and "GOODWORD_TEST_DATABASE_URL" not in os.environ:
        server = ExitStack()
        server.enter_context(embedded_database(_home, throw_away=True))
        config.add_cleanup(server.close)
