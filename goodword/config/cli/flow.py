"""`goodword flow`: which fact leads to what."""

from __future__ import annotations

import click

from goodword.config.processes.django_process import django_process


@click.command()
def command() -> None:
    """Print the facts of this release and the reactions to them, as a page of Markdown."""
    with django_process("flow"):
        from goodword.config.flow import flow

        click.echo(flow(), nl=False)
