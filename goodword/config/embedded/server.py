"""Starting, watching and stopping the server of one cluster.

Every process of the server inherits a descriptor that holds a lock on `server.lock`. Whoever gets that lock
knows that no process of an earlier server is left, whatever stale `postmaster.pid` says; so a leftover of
kill -9 or of a power cut can be removed without guessing about process ids.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time

from goodword.config.embedded.cluster import Cluster, make_ready
from goodword.config.embedded.errors import EmbeddedError
from goodword.config.embedded.locks import open_lock, try_exclusive

_POLL = 0.01
_STATUS_LINE = 7  # Of postmaster.pid, counted from 0: `starting`, `ready`, `stopping`.
_LARGEST_LOG = 1 << 20


def start(cluster: Cluster, *, patience: float = 300) -> None:
    """See that the server runs and answers. Recovery after a crash may take minutes; hence the patience (s).

    Callers hold the gate, so that nobody else starts or stops it meanwhile.
    """
    deadline = time.monotonic() + patience
    lock = open_lock(cluster.place / "server.lock")
    try:
        launched = None
        while not answers(cluster):
            if launched is None and try_exclusive(lock):
                launched = _launch(cluster, lock)
            if launched is not None and launched.poll() is not None:
                raise EmbeddedError(f"PostgreSQL did not start: {_last_words(cluster)}")
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL did not answer within {patience:.0f} s; its log is {cluster.log}.")
            time.sleep(_POLL)
    finally:
        os.close(lock)


def answers(cluster: Cluster) -> bool:
    """Whether the server takes connections."""
    if _status(cluster) != "ready":
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(cluster.socket))
        except OSError:
            return False
    return True


def is_gone(cluster: Cluster) -> bool:
    """Whether no process of a server is left. Costs no connection, so it can be asked all the time."""
    lock = open_lock(cluster.place / "server.lock")
    try:
        return try_exclusive(lock)
    finally:
        os.close(lock)


def stop(cluster: Cluster, *, patience: float = 60) -> None:
    """Fast shutdown: sessions are cut, everything acknowledged is on disk. Returns when all its processes are gone."""
    deadline = time.monotonic() + patience
    lock = open_lock(cluster.place / "server.lock")
    try:
        while not try_exclusive(lock):
            if _status(cluster) != "stopping":
                _signal(cluster, signal.SIGINT)
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL did not stop within {patience:.0f} s; its log is {cluster.log}.")
            time.sleep(_POLL)
    finally:
        os.close(lock)


def postmaster_id(cluster: Cluster) -> int | None:
    """The process id of the running server."""
    lines = _pid_file(cluster)
    return int(lines[0]) if lines else None


def _launch(cluster: Cluster, lock: int) -> subprocess.Popen[bytes]:
    make_ready(cluster)
    # Nothing of an earlier server is left, but its number may live on, as a zombie where nobody reaps (a container).
    for leftover in (cluster.data / "postmaster.pid", cluster.socket.with_name(f"{cluster.socket.name}.lock")):
        leftover.unlink(missing_ok=True)
    if cluster.log.exists() and cluster.log.stat().st_size > _LARGEST_LOG:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    command = [str(cluster.program("postgres")), "-D", str(cluster.data), "-k", str(cluster.socket_folder)]
    with cluster.log.open("ab") as log:
        cluster.log.chmod(0o600)
        launched: subprocess.Popen[bytes] = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=cluster.place,
            env=cluster.environment(),
            pass_fds=(lock,),
            start_new_session=True,  # Ctrl-C at the terminal is for us; the server is stopped by whoever leaves last.
            **cluster.start_as(),  # type: ignore[call-overload]
        )
        return launched


def _signal(cluster: Cluster, number: signal.Signals) -> None:
    process = postmaster_id(cluster)
    if process is not None:
        with contextlib.suppress(ProcessLookupError):  # Killed from outside: its last children are on their way out.
            os.kill(process, number)


def _status(cluster: Cluster) -> str | None:
    lines = _pid_file(cluster)
    return lines[_STATUS_LINE].strip() if len(lines) > _STATUS_LINE else None


def _pid_file(cluster: Cluster) -> list[str]:
    try:
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _last_words(cluster: Cluster) -> str:
    lines = cluster.log.read_text(errors="replace").splitlines()[-5:]
    return " / ".join(line.strip() for line in lines) or f"see {cluster.log}"
