"""`goodword backup`: everything in one file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from goodword.config.embedded import EmbeddedError, shared_database
from goodword.config.home import open_home


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write everything into FILE: database, attachments, key. Goodword may go on running meanwhile."""
    from goodword.config.archive import ArchiveError, write_archive

    home = open_home()
    try:
        with shared_database(home) as database:
            write_archive(database=database, home=home, file=file, now=datetime.now(UTC))
    except (ArchiveError, EmbeddedError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: {file.stat().st_size / (1 << 20):.1f} MB. It holds the key to all secrets: keep it safe.")
    if not (home / "secret_key").exists():
        click.echo("GOODWORD_SECRET_KEY is not in it: keep that apart.")
