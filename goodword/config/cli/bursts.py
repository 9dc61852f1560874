"""`goodword bursts FILE.csv`: one JSON alert a line for each burst in a series of counts."""

from __future__ import annotations

import csv
import json
import math
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, islice, pairwise
from pathlib import Path

import click

from goodword.language.bursts import Burst, Detector, Tuning, bin_of

_ROWS_TO_TELL_THE_STEP = 12
_USUAL_STEP = 300.0


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    written: str
    at: datetime
    value: float

    @property
    def moment(self) -> datetime:
        return self.at if self.at.tzinfo else self.at.replace(tzinfo=UTC)


@click.command(short_help="Find the bursts in a series of counts.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--every", type=click.FloatRange(min=0, min_open=True), help="Seconds from row to row; else seen.")
def command(file: str, every: float | None) -> None:
    """Read FILE, a CSV with the columns timestamp and value ("-" for standard input), one row per bin of time, and
    print each burst as a line of JSON as soon as the row that shows it was read. A row that cannot be read is named
    on standard error, and the rest goes on. A timestamp without a zone is taken as UTC.
    """
    with click.open_file(file, encoding="utf-8-sig", errors="replace") as lines:
        _watch(Path(file).stem, _read_rows(lines), every)


def _watch(series: str, rows: Iterator[_Row], every: float | None) -> None:
    # A series' first rows raise no alert, so that the step between rows can be told from them.
    first_rows = list(islice(rows, _ROWS_TO_TELL_THE_STEP))
    if not first_rows:
        return
    step = every or _usual_step(first_rows)
    detector, start = Detector(Tuning.for_bins(step)), first_rows[0].moment
    first_bin = bin_of(start, step)
    for row in chain(first_rows, rows):
        bin_index = first_bin + round((row.moment - start).total_seconds() / step)
        try:
            burst = detector.observe(row.value, bin_index)
        except ValueError as error:
            _report(row.number, str(error))
            continue
        if burst is not None:
            click.echo(json.dumps({"at": row.written, "series": series, **_facts(burst, row.at, step)}))


def _facts(burst: Burst, at: datetime, step: float) -> dict[str, str | float]:
    since = at - timedelta(seconds=(burst.bin_index - burst.since) * step)
    return {
        "since": since.isoformat(sep=" "),
        "pace": burst.pace.name.lower(),
        "observed": burst.observed,
        "expected": round(burst.expected, 1),
        "times": round(burst.times, 2),
        "confidence": round(burst.confidence, 3),
        "once_in_days": round(burst.days_between, 1),
    }


def _usual_step(rows: list[_Row]) -> float:
    gaps = [(after.moment - before.moment).total_seconds() for before, after in pairwise(rows)]
    forward = [gap for gap in gaps if gap > 0]
    return statistics.mode(forward) if forward else _USUAL_STEP


def _read_rows(lines: Iterable[str]) -> Iterator[_Row]:
    """The rows that can be read, each as soon as it is there; the others are reported."""
    columns = (0, 1)
    for number, line in enumerate(lines, start=1):
        # A line at a time, so that an open quotation mark spoils one row and not the rest of the file.
        try:
            cells = [cell.strip() for cell in next(csv.reader([line.replace("\0", "")]), [])]
        except csv.Error as error:
            _report(number, str(error))
            continue
        if number == 1 and {"timestamp", "value"} <= set(cells):
            columns = cells.index("timestamp"), cells.index("value")
        elif any(cells):
            row = _read_row(number, cells, columns)
            if row is not None:
                yield row


def _read_row(number: int, cells: list[str], columns: tuple[int, int]) -> _Row | None:
    if len(cells) <= max(columns):
        _report(number, "a timestamp and a value are needed")
        return None
    written, amount = cells[columns[0]], cells[columns[1]]
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        _report(number, f"{written!r} is not a timestamp such as 2015-02-26 21:42:53")
        return None
    try:
        value = float(amount)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        _report(number, f"{amount!r} is not a number")
        return None
    return _Row(number, written, at, value)


def _report(number: int, reason: str) -> None:
    click.echo(f"Row {number}: {reason}", err=True)
