"""The socket that the web pages are served at."""

from __future__ import annotations

import socket

import click

_BACKLOG = 512


def open_door(host: str, port: int) -> socket.socket:
    """Listen at an address. Says what to do when the port is taken."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        raise click.ClickException(
            f"Goodword cannot listen at {host}, port {port}: {error.strerror}. Is it running already? "
            f"Choose another port with GOODWORD_PORT={port + 1 if port < 65535 else 8000}"
        ) from error
    door.listen(_BACKLOG)
    return door
