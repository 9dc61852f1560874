"""`goodword listen`: listening alone, beside workers that run with `--no-listen`."""

from __future__ import annotations

import click

from goodword.config.processes.django_process import django_process


@click.command()
def command() -> None:
    """Listen to sources."""
    with django_process("listen"):
        from goodword.config.processes.worker import listen_alone

        listen_alone()
