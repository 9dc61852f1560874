"""What `goodword doctor` looks at. Each check says how things are and, where they are not well, what mends them."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from goodword.config.embedded import URL_VARIABLE, EmbeddedError, shared_database
from goodword.config.home import open_home

_OLDEST_PYTHON = (3, 11)
_OLDEST_POSTGRESQL = 15
_LEAST_FREE = 1 << 30  # bytes


class State(Enum):
    """How a check came out."""

    WELL = "well"
    MISSING = "missing"  # An optional part: nothing is wrong without it.
    ILL = "ill"


@dataclass(frozen=True)
class Finding:
    """One check: what was looked at, how it is, and what to do about it."""

    subject: str
    state: State
    text: str


def check_up(port: int) -> Iterator[Finding]:
    """All checks in order; those of the database start the embedded one if nothing runs."""
    yield _python()
    yield _encoding()
    home = _home()
    yield home
    if home.state is State.ILL:
        return
    yield _disk()
    yield _port(port)
    yield from _database()
    yield from _optional_parts()


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < _OLDEST_PYTHON:
        return Finding("Python", State.ILL, f"is {version}; install 3.11 or later and run `make setup`")
    return Finding("Python", State.WELL, version)


def _encoding() -> Finding:
    used = sys.getfilesystemencoding().lower().replace("-", "")
    if used != "utf8":
        return Finding("Locale", State.ILL, f"file names are read as {used}: set LANG=C.UTF-8 or PYTHONUTF8=1")
    return Finding("Locale", State.WELL, "UTF-8")


def _home() -> Finding:
    try:
        home = open_home()
    except OSError as error:
        return Finding("State folder", State.ILL, f"cannot be made: {error}. Set GOODWORD_HOME to one you may write")
    if not os.access(home, os.W_OK | os.X_OK):
        return Finding(
            "State folder", State.ILL, f"{home} is not ours to write: run as its owner, or set GOODWORD_HOME"
        )
    private = [home / "secret_key", home / "media", home / "log"]
    open_to_others = [path for path in private if path.exists() and path.stat().st_mode & 0o077]
    if open_to_others:
        names = " ".join(str(path) for path in open_to_others)
        return Finding("State folder", State.ILL, f"others may read it: chmod go-rwx {names}")
    return Finding("State folder", State.WELL, str(home))


def _disk() -> Finding:
    home = open_home()
    free = shutil.disk_usage(home).free
    text = f"{free / (1 << 30):.1f} GB free for {home}"
    return (
        Finding("Disk", State.WELL, text) if free >= _LEAST_FREE else Finding("Disk", State.ILL, f"{text}: make room")
    )


def _port(port: int) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if _is_goodword(port):
                return Finding("Port", State.WELL, f"{port}: Goodword answers there")
            return Finding("Port", State.ILL, f"{port}: {error.strerror}. Choose another with GOODWORD_PORT")
    return Finding("Port", State.WELL, f"{port} is free")


def _is_goodword(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
            line.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            answer = b"".join(iter(lambda: line.recv(4096), b""))
    except OSError:
        return False
    return answer.endswith(b"alive\n")


def _database() -> Iterator[Finding]:
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
    finally:
        connection.close()


def _optional_parts() -> Iterator[Finding]:
    found: list[tuple[str, Callable[[], bool], str]] = [
        ("ClamAV", _clamd_answers, "attachments are not scanned for viruses; apt-get install clamav-daemon"),
        (
            "chromium",
            lambda: shutil.which("chromium") is not None,
            "the browser tests are skipped; apt-get install chromium",
        ),
        ("Dovecot", _has_dovecot, "the mail tests are skipped; apt-get install dovecot-imapd dovecot-lmtpd"),
        ("msgfmt", lambda: shutil.which("msgfmt") is not None, "translations cannot be built; apt-get install gettext"),
    ]
    for name, is_there, without in found:
        yield Finding(name, State.WELL, "there") if is_there() else Finding(name, State.MISSING, without)


def _has_dovecot() -> bool:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin") is not None


def _clamd_answers() -> bool:
    address = os.environ.get("GOODWORD_CLAMAV", "/var/run/clamav/clamd.ctl")
    return Path(address).is_socket()
