"""Counts, times and logs each request by its route, never by its address, which may hold a token or a name."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from goodword.config.processes.metrics import LATENCY, REQUESTS

log = logging.getLogger(__name__)

_UNROUTED = "(none)"


class RequestFiguresMiddleware:
    """Stands first, so that the time of all the others counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        route = request.resolver_match.route if request.resolver_match else _UNROUTED
        method = request.method or ""
        REQUESTS.labels(route, method, response.status_code).inc()
        LATENCY.labels(route, method).observe(seconds)
        if request.resolver_match or response.status_code >= 500:  # Static files are counted, not logged.
            figures = {"route": route, "method": method, "status": response.status_code, "ms": round(seconds * 1000, 1)}
            log.info("request", extra=figures)
        return response
