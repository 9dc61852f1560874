"""What the readers of recorded files share: their results, and their errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from goodword.connectors.contract import Raw


class Unreadable(Exception):
    """The whole file is refused, before anything of it is read. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A piece of the file that can't be told apart from its neighbours well enough to be parsed."""

    raw: Raw
    line: int  # where it begins, from 1
    reason: str


Read = Iterator[Raw | Rejected]


def open_checked(path: Path, read: Callable[[IO[bytes]], Read]) -> Read:
    """Open `path`, let `read` check its beginning at once, and go on lazily. Raises `Unreadable`."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Unreadable(f"{path} can't be opened: {error.strerror}.") from error
    try:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            raise Unreadable(f"{path} is UTF-16. Save it as UTF-8 and import it again.")
        file.seek(0)
        if file.read(3) != b"\xef\xbb\xbf":  # a UTF-8 byte order mark says nothing here
            file.seek(0)
        rows = read(file)
    except Unreadable:
        file.close()
        raise
    except OSError as error:
        file.close()
        raise Unreadable(f"{path} can't be read: {error.strerror}.") from error
    return _closing(file, rows)


def _closing(file: IO[bytes], rows: Read) -> Read:
    with file:
        yield from rows
