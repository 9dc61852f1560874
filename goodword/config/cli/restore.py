"""`goodword restore`: a backup into an empty installation."""

from __future__ import annotations

import os
from pathlib import Path

import click

from goodword.config.embedded import EmbeddedError, shared_database
from goodword.config.home import open_home
from goodword.config.processes.django_process import django_process


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Bring FILE back into an empty folder (GOODWORD_HOME) and an empty database."""
    from goodword.config.archive import ArchiveError, restore_archive

    home = open_home()
    try:
        with shared_database(home) as database:
            with_key = restore_archive(database=database, home=home, file=file)
        with django_process("restore"):
            from goodword.config.processes.after_restore import send_nothing_twice

            doubted = send_nothing_twice()
    except (ArchiveError, EmbeddedError) as error:
        raise click.ClickException(str(error)) from error
    if not with_key and not os.environ.get("GOODWORD_SECRET_KEY"):
        click.echo(
            "The backup holds no key. Set GOODWORD_SECRET_KEY to the one it was made with before anything is started: "
            "with another key Goodword can't read the access to your networks.",
            err=True,
        )
    if doubted:
        click.echo(
            f"{doubted} messages waited to be sent when the backup was made, and may have gone out since. Replies are "
            "looked for on their network first, or left to whoever wrote them; letters and webhooks aren't sent again."
        )
    click.echo(f"Restored into {home}. Start it with `goodword up`.")
