"""`goodword restore`: a backup into an empty installation."""

from __future__ import annotations

import os
from pathlib import Path

import click

from goodword.config.embedded import EmbeddedError, shared_database
from goodword.config.home import open_home


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Bring FILE back into an empty folder (GOODWORD_HOME) and an empty database."""
    from goodword.config.archive import ArchiveError, restore_archive

    home = open_home()
    try:
        with shared_database(home) as database:
            with_key = restore_archive(database=database, home=home, file=file)
    except (ArchiveError, EmbeddedError) as error:
        raise click.ClickException(str(error)) from error
    if not with_key and not os.environ.get("GOODWORD_SECRET_KEY"):
        click.echo(
            "The backup holds no key. Set GOODWORD_SECRET_KEY to the one it was made with before anything is started: "
            "with another key Goodword can't read the access to your networks.",
            err=True,
        )
    click.echo(f"Restored into {home}. Start it with `goodword up`.")
