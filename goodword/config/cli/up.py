"""`goodword up`: everything on one machine, watched over until Ctrl-C."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import click

from goodword.config.cli._door import open_door
from goodword.config.embedded import Database, EmbeddedError, shared_database
from goodword.config.home import open_home
from goodword.config.processes.supervisor import Child, ChildKeepsDying, Supervisor


@click.command()
@click.option(
    "--host", envvar="GOODWORD_HOST", default="127.0.0.1", show_default=True, help="The address to listen at."
)
@click.option("--port", envvar="GOODWORD_PORT", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--demo/--no-demo", default=True, help="Whether a new installation gets the demo brand.  [default: yes]")
def command(host: str, port: int, demo: bool) -> None:
    """Start everything: PostgreSQL, the web pages, the worker. Ctrl-C stops it all."""
    started = time.monotonic()
    # The socket is ours, not the web process's, so that nobody is turned away while that one restarts.
    door = open_door(host, port)
    os.environ["GOODWORD_PORT"] = str(door.getsockname()[1])
    home = open_home()
    os.environ["GOODWORD_HOME"] = str(home)
    _say(f"Goodword keeps its state in {home}")
    try:
        with shared_database(home) as database:
            _tell_where(database, home)
            _run(database, door, home, demo=demo, started=started)
    except (EmbeddedError, ChildKeepsDying) as error:
        raise click.ClickException(str(error)) from error
    _say("Stopped.")


def _run(database: Database, door: socket.socket, home: Path, *, demo: bool, started: float) -> None:
    supervisor = Supervisor(database, _say)
    supervisor.stop_on_signals()
    prepared = supervisor.run_once("goodword.config.processes.prepare", "--demo" if demo else "--no-demo")
    if prepared is None:
        if supervisor.stopping:
            return
        raise click.ClickException("Goodword could not be prepared; the reason stands above. `goodword doctor` helps.")
    logs = home / "log"
    logs.mkdir(mode=0o700, exist_ok=True)
    descriptor = door.fileno()
    web = ["web", "--descriptor", str(descriptor)]
    supervisor.start(Child("web", web, logs / "web.log", descriptors=[descriptor]))
    supervisor.start(Child("worker", ["worker"], logs / "worker.log"))
    try:
        supervisor.watch(_announcing(door, json.loads(prepared), started))
    finally:
        _say("Stopping …")
        supervisor.end_all()


def _announcing(door: socket.socket, prepared: dict[str, str], started: float) -> Callable[[], None]:
    """What to do at every round: look whether all is ready, until it is, and then say so, once."""
    announced = False

    def look() -> None:
        nonlocal announced
        if announced or not _is_ready(door):
            return
        announced = True
        _say(f"Ready after {time.monotonic() - started:.1f} s: {prepared['address']}")
        if link := prepared.get("link"):
            _say(f"Sign in, once and within a day, as {prepared['agent']}:\n\n    {link}\n")
        else:
            _say("Nobody can sign in yet: goodword user add NAME@EXAMPLE.COM --role admin")
        _say("Ctrl-C stops everything.")

    return look


def _is_ready(door: socket.socket) -> bool:
    """Ask `/readyz`, by hand: an HTTP client would double what this process weighs."""
    host, port = door.getsockname()[:2]
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — read, not bound
    try:
        with socket.create_connection((reachable, port), timeout=2) as line:
            line.sendall(b"GET /readyz HTTP/1.0\r\n\r\n")
            return line.recv(64).split(b" ")[1:2] == [b"200"]
    except OSError:
        return False


def _tell_where(database: Database, home: Path) -> None:
    if database.cluster is None:
        _say("The database is the one that GOODWORD_DATABASE_URL names")
    elif not database.cluster.place.is_relative_to(home):
        _say(f"The database lies in {database.cluster.place}: as root, its server's account cannot enter {home}")


def _say(text: str) -> None:
    click.echo(text)
