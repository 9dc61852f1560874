"""`goodword doctor`: is everything set up, and what mends it if not."""

from __future__ import annotations

import sys

import click

from goodword.config.checkup import State, check_up

_MARKS = {State.WELL: "ok  ", State.MISSING: "-   ", State.ILL: "MEND"}


@click.command()
@click.option("--port", envvar="GOODWORD_PORT", default=8000, show_default=True, help="The port of the web pages.")
def command(port: int) -> None:
    """Check the set-up. Exit code 1 if something is to be mended."""
    ill = 0
    for finding in check_up(port):
        click.echo(f"{_MARKS[finding.state]} {finding.subject:13} {finding.text}")
        ill += finding.state is State.ILL
    click.echo(f"{ill} to mend." if ill else "All is well.")
    sys.exit(1 if ill else 0)
