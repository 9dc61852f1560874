"""What operators and their machines ask of the web process: is it alive, is it ready, how is it doing."""

from __future__ import annotations

import hmac
import ipaddress
import json
import os
from collections.abc import Collection
from concurrent.futures import Executor
from functools import cache
from http import HTTPStatus
from threading import Event
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client import REGISTRY
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from goodword.config.processes.dispatch import Scope
from goodword.config.processes.metrics import WORKER_SEEN_WITHIN, InstallationCollector, worker_seen
from goodword.config.processes.migrations import unapplied_migrations

TOKEN_VARIABLE = "GOODWORD_METRICS_TOKEN"  # noqa: S105 — the name of a variable
_PASSED_ON = frozenset({b"forwarded", b"via", b"x-real-ip"})
_PATIENCE = 2  # seconds
Answer = tuple[int, str, bytes]
_up_to_date = Event()


def healthz(scope: Scope) -> Answer:
    """200 as long as the process answers at all."""
    return HTTPStatus.OK, "text/plain; charset=utf-8", b"alive\n"


def readyz(scope: Scope, *, pages: Executor | None = None) -> Answer:
    """200 when the database answers, its tables are up to date and a worker was seen lately; else 503, saying what.

    Nor is it ready where none of the threads of `pages` gets to a page within two seconds.
    """
    checks = {"database": "not checked", "migrations": "not checked", "worker": "not checked"}
    try:
        connection.ensure_connection()
        checks["database"] = "ok"
        checks["migrations"] = "ok" if _tables_are_up_to_date() else "to be applied: goodword up does it"
        checks["worker"] = "ok" if worker_seen() else f"not seen for {WORKER_SEEN_WITHIN} s: goodword worker"
    except DatabaseError:
        checks["database"] = "does not answer"
    finally:
        connection.close()
    if pages is not None:
        checks["pages"] = "ok" if _gets_round_to_pages(pages) else f"all busy for {_PATIENCE} s"
    ready = all(state == "ok" for state in checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return status, "application/json", json.dumps(checks).encode()


def _gets_round_to_pages(pages: Executor) -> bool:
    turn = pages.submit(int)
    try:
        turn.result(timeout=_PATIENCE)
    except TimeoutError:
        turn.cancel()
        return False
    return True


def _tables_are_up_to_date() -> bool:
    """Once they are, they stay so for this process: reading all migrations at each call would let anybody tire it."""
    if not _up_to_date.is_set() and not unapplied_migrations():
        _up_to_date.set()
    return _up_to_date.is_set()


def metrics(scope: Scope) -> Answer:
    """Prometheus' text format, for whoever knows `GOODWORD_METRICS_TOKEN`.

    Without one, for this machine alone, as long as nobody's requests are passed on by it.
    """
    if not _may_see_metrics(scope):
        return HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"Only with the token GOODWORD_METRICS_TOKEN.\n"
    _register_installation()
    try:
        return HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(REGISTRY)
    finally:
        connection.close()


def _may_see_metrics(scope: Scope) -> bool:
    token = os.environ.get(TOKEN_VARIABLE)
    headers = dict(scope["headers"])
    given = headers.get(b"authorization", b"").removeprefix(b"Bearer ")
    if token and hmac.compare_digest(given, token.encode()):
        return True
    client = scope.get("client")
    return client is not None and _is_loopback(client[0]) and not _may_be_passed_on(headers)


def _may_be_passed_on(headers: Collection[bytes]) -> bool:
    """Whether a proxy on this machine may stand between: it says so, or it must, since people use another address."""
    told = any(name in _PASSED_ON or name.startswith(b"x-forwarded-") for name in headers)
    return told or not _is_loopback(urlsplit(settings.PUBLIC_URL).hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@cache
def _register_installation() -> None:
    REGISTRY.register(InstallationCollector())
