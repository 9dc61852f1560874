"""`goodword bursts FILE.csv`: one JSON alert a line for each burst in a series of counts."""

from __future__ import annotations

import csv
import json
import math
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, islice, pairwise
from pathlib import Path

import click

from goodword.language.bursts import Burst, Detector, Tuning, bin_of

_ROWS_TO_TELL_THE_STEP = 12
_USUAL_STEP = 300.0
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_STEPS = (
    *(1, 5, 10, 15, 20, 30, _MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE, 20 * _MINUTE, 30 * _MINUTE),
    *(_HOUR, 2 * _HOUR, 3 * _HOUR, 4 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 7 * _DAY),
)
"""Seconds that people count by: what uneven rows are taken to be apart."""
_IN_STEP = 0.05
_FAR = 300
"""Bins: a row so far from the one before it counts once the next one agrees with it."""


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
@click.option(
    "--every",
    type=click.FloatRange(min=1, max=366 * _DAY),
    callback=lambda context, option, every: _a_number(every),
    help="Seconds from row to row; else seen.",
)
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
    detector, start = Detector(Tuning.for_bins(step)), _start(first_rows, step)
    first_bin = bin_of(start, step)
    for row in _without_lone_jumps(chain(first_rows, rows), _middle(first_rows), _FAR * step):
        bin_index = first_bin + _bins_from(start, row, step)
        try:
            burst = detector.observe(row.value, bin_index)
        except ValueError:
            _report(row.number, f"{row.written} is in no later bin of {step:g} s than the rows before; see --every")
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


def _a_number(every: float | None) -> float | None:
    if every is not None and math.isnan(every):
        raise click.BadParameter("give a number of seconds, such as 300.")
    return every


def _usual_step(rows: list[_Row]) -> float:
    """Seconds between rows: what most of them are apart, or, where they come unevenly, the usual step nearest to it."""
    gaps = [(after.moment - before.moment).total_seconds() for before, after in pairwise(rows)]
    forward = [gap for gap in gaps if gap > 0]
    if not forward:
        return _USUAL_STEP
    commonest = statistics.mode(forward)
    if 2 * forward.count(commonest) >= len(forward):
        return commonest
    middle = statistics.median(forward)
    return float(min(_STEPS, key=lambda step: abs(math.log(step / middle))))


def _middle(rows: list[_Row]) -> _Row:
    return sorted(rows, key=lambda row: row.moment)[len(rows) // 2]


def _start(rows: list[_Row], step: float) -> datetime:
    """Where bins are counted from: a row's moment, or, where the others don't keep step with it, the even time next to
    it."""
    start = _middle(rows).moment
    uneven = [abs(math.remainder((row.moment - start).total_seconds() / step, 1)) for row in rows]
    if statistics.median(uneven) <= _IN_STEP:
        return start
    return start - timedelta(seconds=math.remainder(start.timestamp(), step))


def _bins_from(start: datetime, row: _Row, step: float) -> int:
    return round((row.moment - start).total_seconds() / step)


def _apart(row: _Row, other: _Row) -> float:
    return abs((other.moment - row.moment).total_seconds())


def _without_lone_jumps(rows: Iterable[_Row], last: _Row, far: float) -> Iterator[_Row]:
    """The rows less those that lie more than `far` seconds from the row before, at first `last`, and the one after."""
    doubted: _Row | None = None
    for row in rows:
        if doubted is not None and _apart(doubted, row) <= far:
            yield doubted
        elif _apart(last, row) > far:
            if doubted is not None:
                _report_jump(doubted)
            doubted = row
            continue
        elif doubted is not None:
            _report_jump(doubted)
        yield row
        last, doubted = row, None
    if doubted is not None:
        _report_jump(doubted)


def _report_jump(row: _Row) -> None:
    _report(row.number, f"{row.written} lies far from the rows beside it, so it is left out")


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
        elif number == 1 and _is_header(cells):
            named = ", ".join(cells)
            raise click.ClickException(f"Name two columns timestamp and value; the file has: {named}.")
        elif any(cells):
            row = _read_row(number, cells, columns)
            if row is not None:
                yield row


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
