"""Ask ClamAV about a file, where an installation has it. Spoken to over its socket (clamd's INSTREAM)."""

from __future__ import annotations

import socket
import struct

_CHUNK = 64 * 1024
_SECONDS = 60.0


class ScannerAway(Exception):
    """The scanner that is set up can't be reached; what it should look at waits."""


class Infected(Exception):
    """The scanner knows it; the message is the name it has there."""


def scan(content: bytes, address: str) -> None:
    """Return if the scanner at `address` (a socket's path, or host:port) finds nothing.

    Raises `Infected`, and `ScannerAway` also when the scanner gives no verdict: no verdict is not a clean one.
    """
    try:
        with _connect(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                connection.sendall(struct.pack(">I", len(chunk)) + chunk)
            connection.sendall(struct.pack(">I", 0))
            answer = b""
            while more := connection.recv(4096):
                answer += more
    except (OSError, ValueError) as error:
        raise ScannerAway(f"The virus scanner at {address} can't be reached.") from error
    verdict = answer.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
    if verdict.endswith(" FOUND"):
        raise Infected(verdict.removesuffix(" FOUND"))
    if verdict != "OK":
        raise ScannerAway(f"The virus scanner gave no verdict: {verdict[:80]}")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_SECONDS)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)
