"""A virus scanner for tests: speaks clamd's INSTREAM over a real socket, and knows one virus."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

VIRUS = b"this is a virus"


@contextlib.contextmanager
def clamd(path: Path, answer: bytes | None = None) -> Iterator[str]:
    """Listens at `path` and yields its address; gives `answer` to everything if that is given."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(path))
    listening.listen()

    def serve() -> None:
        while True:
            try:
                connection, _peer = listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                command = stream.read(len(b"zINSTREAM\0"))
                content = b""
                while length := struct.unpack(">I", stream.read(4))[0]:
                    content += stream.read(length)
                found = b"stream: Test.Virus FOUND\0" if VIRUS in content else b"stream: OK\0"
                connection.sendall(answer or (found if command == b"zINSTREAM\0" else b"UNKNOWN COMMAND\0"))

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield str(path)
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
