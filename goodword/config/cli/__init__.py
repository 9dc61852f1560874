"""The command line, `goodword`. One file per command; each is imported only when it is called,
so that a command which needs no Django does not wait for it.
"""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import sys
from contextlib import suppress
from typing import Any

import click

from goodword import __version__

_WATCHED_OVER = {"web", "worker"}  # their standard error is a log, which is read by whoever looks for a mistake


class CommandFiles(click.Group):
    """A group whose commands are the modules of this package; each defines `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
        return sorted(name.removesuffix("_") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        # A trailing underscore lets a command carry a Python keyword as its name (`import_.py`).
        suffix = "_" if cmd_name == "import" else ""
        module = importlib.import_module(f"{__name__}.{cmd_name}{suffix}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__}.command is not a click command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Say in a sentence what the system refused: a full disk, a folder that isn't ours."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            # Whoever reads our output may stop reading; click ends quietly then.
            if error.errno == errno.EPIPE or ctx.invoked_subcommand in _WATCHED_OVER:
                raise
            _drop_output()
            what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
            advice = " `goodword doctor` says more." if error.filename else ""
            raise click.ClickException(f"{what}.{advice}" if what else str(error)) from error


def _drop_output() -> None:
    """What waits to be written can't be, and Python would complain of that at its end once more."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=CommandFiles)
@click.version_option(__version__, prog_name="goodword")
def main() -> None:
    """Hear what customers say, and see each complaint through until the customer says it is solved."""
