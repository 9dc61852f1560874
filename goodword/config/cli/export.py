"""`goodword export`: everything as lines of JSON."""

from __future__ import annotations

import sys

import click

from goodword.config.processes.django_process import django_process


@click.command()
@click.argument("kind", type=click.Choice(["cases", "messages", "mentions", "people"]))
@click.option("--workspace", help="Short name of the workspace; needed only where there are several.")
def command(kind: str, workspace: str | None) -> None:
    """Write all cases, messages, mentions or people to standard output, one JSON object a line."""
    with django_process("export"):
        from goodword.config.exporting import export_lines
        from goodword.config.processes.migrations import make_tables
        from goodword.config.workspaces import WorkspaceUnclear, the_workspace

        make_tables()
        try:
            chosen = the_workspace(workspace)
        except WorkspaceUnclear as error:
            raise click.ClickException(str(error)) from error
        for line in export_lines(kind=kind, workspace=chosen):
            sys.stdout.buffer.write(line)
        sys.stdout.flush()
