"""The rows of a series as `goodword bursts` reads them: a moment and a count each."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from goodword.config.cli._findings import CannotBegin, Finding, report


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is its number in the file, `written` its timestamp as it stands there."""

    file: str
    line: int
    written: str
    at: datetime
    value: float

    @property
    def moment(self) -> datetime:
        """When it was; without a zone taken as UTC."""
        return self.at if self.at.tzinfo else self.at.replace(tzinfo=UTC)

    def left_out(self, why: str) -> None:
        """Report that the row doesn't count, and why."""
        report(Finding(file=self.file, line=self.line, reason=f"{self.written} {why}, so it is left out."))


class _NoRow(ValueError):
    """The line is no row; the message says why."""


def read_rows(lines: Iterable[str], file: str) -> Iterator[Row]:
    """The rows that can be read, each as soon as it is there; the others are reported. Raises `CannotBegin`."""
    columns = (0, 1)
    for number, line in enumerate(lines, start=1):
        try:
            # A line at a time, so that an open quotation mark spoils one row and not the rest of the file.
            cells = [cell.strip() for cell in next(csv.reader([line.replace("\0", "")]), [])]
            if number == 1 and {"timestamp", "value"} <= set(cells):
                columns = cells.index("timestamp"), cells.index("value")
            elif number == 1 and _is_header(cells):
                named = ", ".join(cells)
                reason = f"Name two columns timestamp and value; the file has: {named}."
                raise CannotBegin(Finding(file=file, line=1, reason=reason))
            elif any(cells):
                yield _read_row(file, number, cells, columns)
        except (csv.Error, _NoRow) as error:
            report(Finding(file=file, line=number, reason=f"Not a row, so it is left out: {error}"))


def _is_header(cells: list[str]) -> bool:
    """Whether no cell is a moment or a number: then they are names."""
    return len(cells) > 1 and all(
        not _reads(cell, datetime.fromisoformat) and not _reads(cell, float) for cell in cells
    )


def _reads(cell: str, as_what: Callable[[str], object]) -> bool:
    try:
        as_what(cell)
    except ValueError:
        return False
    return True


def _read_row(file: str, number: int, cells: list[str], columns: tuple[int, int]) -> Row:
    if len(cells) <= max(columns):
        raise _NoRow("a timestamp and a value are needed")
    written, amount = cells[columns[0]], cells[columns[1]]
    try:
        at = datetime.fromisoformat(written)
    except ValueError as error:
        raise _NoRow(f"{written!r} is not a timestamp such as 2015-02-26 21:42:53") from error
    try:
        value = float(amount)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _NoRow(f"{amount!r} is not a number")
    return Row(file, number, written, at, value)
