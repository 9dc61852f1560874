"""`goodword web`: the pages alone."""

from __future__ import annotations

import socket

import click

from goodword.config.cli._door import open_door
from goodword.config.processes.django_process import django_process


@click.command()
@click.option(
    "--host", envvar="GOODWORD_HOST", default="127.0.0.1", show_default=True, help="The address to listen at."
)
@click.option("--port", envvar="GOODWORD_PORT", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--descriptor", type=int, hidden=True, help="A listening socket that was handed over instead.")
def command(host: str, port: int, descriptor: int | None) -> None:
    """Serve the web pages."""
    door = socket.socket(fileno=descriptor) if descriptor is not None else open_door(host, port)
    with django_process("web"):
        from goodword.config.processes.static_files import collect_static_files
        from goodword.config.processes.web import serve

        if descriptor is None:
            collect_static_files()
        serve(door)
