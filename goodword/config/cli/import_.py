"""`goodword import`: read a recorded file into cases."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

from goodword.config.processes.django_process import django_process


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--as", "format", required=True, type=click.Choice(["twcs", "jsonl", "mbox"]), help="What the file holds."
)
@click.option("--workspace", help="Short name of the workspace; needed only where there are several.")
@click.option("--source", "source_name", help="Name of the source to read into.  [default: by the format]")
def command(file: Path, format: str, workspace: str | None, source_name: str | None) -> None:
    """Read FILE and make cases of it. Reading the same file again adds nothing.

    The last line of standard output is JSON, of what this run added.
    """
    with django_process("import"):
        from goodword.config.importing import ImportRefused, run_import

        try:
            added = run_import(
                file=file, format=format, workspace_slug=workspace, source_name=source_name, progress=_progress
            )
        except ImportRefused as error:
            raise click.ClickException(str(error)) from error
    if added["rejected"]:
        where = "They stand as they came, each with its reason, under Sources, on the page of this source."
        click.echo(f"{added['rejected']} could not be read. {where}", err=True)
    click.echo(orjson.dumps(added).decode())


def _progress(step: str, count: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{step}: {count:,}   ", nl=False, err=True)
