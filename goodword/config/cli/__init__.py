"""The command line, `goodword`. One file per command; each is imported only when it is called,
so that a command which needs no Django does not wait for it.
"""

from __future__ import annotations

import importlib
import pkgutil

import click

from goodword import __version__


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


@click.group(cls=CommandFiles)
@click.version_option(__version__, prog_name="goodword")
def main() -> None:
    """Hear what customers say, and see each complaint through until the customer says it is solved."""
