"""The machine: Python, state folder, disk, port."""

from __future__ import annotations

import os
import shutil
import socket
import sys

from goodword.config.checkup.finding import Finding, State
from goodword.config.home import EmptyFile, media_path, open_home, secret_key

_OLDEST_PYTHON = (3, 11)
_LEAST_FREE = 1 << 30  # bytes


def look_at_python() -> Finding:
    """Whether this Python is recent enough."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < _OLDEST_PYTHON:
        return Finding("Python", State.ILL, f"is {version}; install 3.11 or later and run `make setup`")
    return Finding("Python", State.WELL, version)


def look_at_encoding() -> Finding:
    """Whether file names are read as UTF-8."""
    used = sys.getfilesystemencoding().lower().replace("-", "")
    if used != "utf8":
        return Finding("Locale", State.ILL, f"file names are read as {used}: set LANG=C.UTF-8 or PYTHONUTF8=1")
    return Finding("Locale", State.WELL, "UTF-8")


def look_at_home() -> Finding:
    """Whether the state folder is ours, and ours alone."""
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
    try:
        media_path()
        secret_key()
    except EmptyFile as error:
        return Finding("State folder", State.ILL, str(error))
    except OSError as error:
        return Finding("State folder", State.ILL, f"{error.filename}: {error.strerror}. Move it elsewhere")
    return Finding("State folder", State.WELL, str(home))


def look_at_disk() -> Finding:
    """Whether there is room to write."""
    home = open_home()
    free = shutil.disk_usage(home).free
    text = f"{free / (1 << 30):.1f} GB free for {home}"
    return (
        Finding("Disk", State.WELL, text) if free >= _LEAST_FREE else Finding("Disk", State.ILL, f"{text}: make room")
    )


def look_at_port(port: int) -> Finding:
    """Whether the pages can be served, or are."""
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
