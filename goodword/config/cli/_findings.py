"""What the commands of the language room say of their input: on standard error, one line of JSON for each finding.

Every line has `file`, `line` (0 where the whole file is meant) and `reason`, which says what is wrong and what happens
or can be done about it. A command ends with 0 when it went through its input, whatever lines it had to pass over, and
with 2 when it could not begin: an option, a file or a search that can't be used, which a file without one line to take
isn't either.
"""

from __future__ import annotations

import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from typing import IO, Any

import click
import msgspec

_write = msgspec.json.Encoder()
CANNOT_BEGIN = 2


class Finding(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One line. `position` is the character of a search that the reason is about, `suggestions` are searches to choose
    from instead; `warning` stands in the place of `reason` where all is taken as it is."""

    file: str
    line: int
    id: str | int | msgspec.UnsetType | None = msgspec.UNSET
    position: int | msgspec.UnsetType = msgspec.UNSET
    reason: str = ""
    warning: str = ""
    suggestions: tuple[str, ...] = ()


class CannotBegin(click.ClickException):
    """The input as a whole can't be used."""

    exit_code = CANNOT_BEGIN

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.reason)
        self._finding = finding

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the finding as any other."""
        report(self._finding)


@dataclass(slots=True)
class Input:
    """What became of the lines of a file."""

    file: str
    taken: int = 0
    passed_over: int = 0

    def begin(self, start: bytes) -> None:
        """Look at its first bytes. Raises `CannotBegin` where nothing can be read from them on."""
        if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            raise CannotBegin(Finding(file=self.file, line=0, reason="It is UTF-16: save it as UTF-8."))

    def end(self) -> None:
        """Raises `CannotBegin` where there were lines, and none could be taken."""
        if self.passed_over and not self.taken:
            reason = f"None of its {self.passed_over:,} lines could be taken: is it a file of JSON Lines in UTF-8?"
            raise CannotBegin(Finding(file=self.file, line=0, reason=reason))


def report(finding: Finding) -> None:
    """Write a finding, after what was printed before it."""
    sys.stdout.flush()
    click.echo(_write.encode(finding), err=True)


def name_of(file: IO[Any]) -> str:
    """A file as it was called on the command line."""
    name = getattr(file, "name", "-")
    return "-" if not isinstance(name, str) or name.startswith("<") else name
