"""The web process: uvicorn in front, Django's pages on threads, its live streams on the event loop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import cast

import uvicorn
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

from goodword.config.processes.bodies import limit_of
from goodword.config.processes.dispatch import Application, Dispatcher, plain_answer
from goodword.config.processes.operations import healthz, metrics, readyz
from goodword.config.processes.utf8 import Utf8Only
from goodword.kernel.whole_body import WholeBody

# Each thread holds a connection to the database; two cores cannot make use of more.
_THREADS = 8
_GRACE = 15  # seconds for requests under way when the process is asked to stop


def serve(door: socket.socket) -> None:
    """Answer at the listening socket `door` until SIGTERM or Ctrl-C; then finish what is under way, and return."""
    pages = WSGIMiddleware(cast(WSGIApp, get_wsgi_application()), workers=_THREADS)
    dispatcher = Dispatcher(
        pages=cast(Application, pages),
        live=cast(Application, get_asgi_application()),
        operations={
            "/healthz": plain_answer(healthz),
            "/readyz": plain_answer(partial(readyz, pages=pages.executor)),
            "/metrics": plain_answer(metrics),
        },
    )
    config = uvicorn.Config(
        cast("uvicorn._types.ASGIApplication", Utf8Only(WholeBody(dispatcher, limit_of=limit_of))),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_Server(config, dispatcher).serve(sockets=[door]))


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, dispatcher: Dispatcher) -> None:
        super().__init__(config)
        self._dispatcher = dispatcher

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on the usual signals. Uvicorn would raise them again afterwards; here the exit is clean."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        yield

    def _stop(self) -> None:
        self.should_exit = True
        self._dispatcher.end_streams()
