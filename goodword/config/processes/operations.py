"""What operators and their machines ask of the web process: is it alive, is it ready, how is it doing."""

from __future__ import annotations

import hmac
import ipaddress
import json
import os
from functools import cache
from http import HTTPStatus

from django.db import DatabaseError, connection
from prometheus_client import REGISTRY
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from goodword.config.processes.dispatch import Scope
from goodword.config.processes.metrics import WORKER_SEEN_WITHIN, InstallationCollector, worker_seen
from goodword.config.processes.migrations import unapplied_migrations

TOKEN_VARIABLE = "GOODWORD_METRICS_TOKEN"  # noqa: S105 — the name of a variable
Answer = tuple[int, str, bytes]


def healthz(scope: Scope) -> Answer:
    """200 as long as the process answers at all."""
    return HTTPStatus.OK, "text/plain; charset=utf-8", b"alive\n"


def readyz(scope: Scope) -> Answer:
    """200 when the database answers, its tables are up to date and a worker was seen lately; else 503, saying what."""
    checks = {"database": "not checked", "migrations": "not checked", "worker": "not checked"}
    try:
        connection.ensure_connection()
        checks["database"] = "ok"
        checks["migrations"] = "to be applied: goodword up does it" if unapplied_migrations() else "ok"
        checks["worker"] = "ok" if worker_seen() else f"not seen for {WORKER_SEEN_WITHIN} s: goodword worker"
    except DatabaseError:
        checks["database"] = "does not answer"
    finally:
        connection.close()
    ready = all(state == "ok" for state in checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return status, "application/json", json.dumps(checks).encode()


def metrics(scope: Scope) -> Answer:
    """Prometheus' text format, for this machine and for whoever knows `GOODWORD_METRICS_TOKEN`."""
    if not _may_see_metrics(scope):
        return HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"Only from this machine, or with a token.\n"
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
    return client is not None and ipaddress.ip_address(client[0]).is_loopback


@cache
def _register_installation() -> None:
    REGISTRY.register(InstallationCollector())
