"""`goodword workspace`: a place of its own for each brand."""

from __future__ import annotations

import click

from goodword.config.processes.django_process import django_process


@click.group()
def command() -> None:
    """Open a workspace for another brand, and list those there are. Nothing of one is seen from another."""


@command.command()
@click.argument("name")
def add(name: str) -> None:
    """Open a workspace for the brand NAME, and print its short name. `goodword user add` lets people in."""
    if not name.strip():
        raise click.ClickException("The name is empty: write what the brand is called.")
    with django_process("workspace"):
        from goodword.config.processes.migrations import make_tables
        from goodword.kernel.clock import current_time
        from goodword.staff.open_workspace import open_workspace

        make_tables()
        workspace = open_workspace(name=name.strip(), now=current_time())
        click.echo(workspace.slug)
        click.echo(f"Now: goodword user add ADDRESS --role admin --workspace {workspace.slug}", err=True)


@command.command(name="list")
def list_() -> None:
    """List the workspaces, a line each: short name, name."""
    with django_process("workspace"):
        from goodword.staff.models import Workspace

        for workspace in Workspace.objects.order_by("slug"):
            click.echo(f"{workspace.slug}\t{workspace.name}")
