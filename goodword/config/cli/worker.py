"""`goodword worker`: jobs and listening."""

from __future__ import annotations

import click

from goodword.config.processes.django_process import django_process


@click.command()
@click.option("--listen/--no-listen", default=True, help="Whether to listen to sources too.  [default: yes]")
def command(listen: bool) -> None:
    """Run jobs, and listen to sources."""
    with django_process("worker"):
        from goodword.config.processes.worker import work

        work(listen=listen)
