"""`goodword bursts FILE.csv`: one JSON alert a line for each burst in a series of counts."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice, pairwise
from pathlib import Path

import click

from goodword.config.cli._series import Row, read_rows
from goodword.config.cli._watch import Watch
from goodword.language.bursts import Burst

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
_LONE = "lies far from the rows beside it"


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
        _watch(Path(file).stem, read_rows(lines, file), every)


def _watch(series: str, rows: Iterator[Row], every: float | None) -> None:
    # A series' first rows raise no alert, so that the step between rows can be told from them.
    first_rows = list(islice(rows, _ROWS_TO_TELL_THE_STEP))
    if not first_rows:
        return
    step = every or _usual_step(first_rows)
    watch = Watch(_start(first_rows, step), step)
    for row in _without_lone_jumps(chain(first_rows, rows), _middle(first_rows), _FAR * step):
        burst = watch.take(row)
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


def _usual_step(rows: list[Row]) -> float:
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


def _middle(rows: list[Row]) -> Row:
    return sorted(rows, key=lambda row: row.moment)[len(rows) // 2]


def _start(rows: list[Row], step: float) -> datetime:
    """Where bins are counted from: a row's moment, or, where the others don't keep step with it, the even time next to
    it."""
    start = _middle(rows).moment
    uneven = [abs(math.remainder((row.moment - start).total_seconds() / step, 1)) for row in rows]
    if statistics.median(uneven) <= _IN_STEP:
        return start
    return start - timedelta(seconds=math.remainder(start.timestamp(), step))


def _apart(row: Row, other: Row) -> float:
    return abs((other.moment - row.moment).total_seconds())


def _without_lone_jumps(rows: Iterable[Row], last: Row, far: float) -> Iterator[Row]:
    """The rows less those that lie more than `far` seconds from the row before, at first `last`, and the one after."""
    doubted: Row | None = None
    for row in rows:
        if doubted is not None and _apart(doubted, row) <= far:
            yield doubted
        elif _apart(last, row) > far:
            if doubted is not None:
                doubted.left_out(_LONE)
            doubted = row
            continue
        elif doubted is not None:
            doubted.left_out(_LONE)
        yield row
        last, doubted = row, None
    if doubted is not None:
        doubted.left_out(_LONE)
