"""Import of 200,000 recorded rows: intake beside a bare COPY of the same rows, then rows to cases, apart.

Real rows, renumbered: `GOODWORD_SHARED` names a folder with `data/care/twcs-sample.csv` and `spotify-october.csv`.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench._product import state_folder

if TYPE_CHECKING:
    from goodword.listen.models import ImportRun, Source

ROWS = int(os.environ.get("BENCH_ROWS", "200000"))
MUST, AIM = 0.2, 0.5  # of a bare COPY
FILES = ("data/care/twcs-sample.csv", "data/care/spotify-october.csv")
IDS = ("tweet_id", "response_tweet_id", "in_response_to_tweet_id")


def renumbered(shared: Path) -> Iterator[dict[str, str]]:
    """The real rows over and over, each time with ids and customers of their own; names of brands stay."""
    rows = [row for name in FILES for row in csv.DictReader((shared / name).open(encoding="utf-8"))]
    round_ = 0
    while True:
        round_ += 1
        for row in rows:
            fresh = dict(row)
            for name in IDS:
                fresh[name] = ",".join(f"{round_}{part:0>10}" for part in row[name].split(",") if part)
            if row["author_id"].isdigit():
                fresh["author_id"] = f"{row['author_id']}{round_}"
            yield fresh


def write_rows(path: Path, shared: Path) -> None:
    """`ROWS` rows in the columns of the recorded file."""
    rows = renumbered(shared)
    first = next(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        for _ in range(ROWS - 1):
            writer.writerow(next(rows))


def main() -> None:
    """Measure in one run, on an empty installation."""
    shared = os.environ.get("GOODWORD_SHARED")
    if not shared:
        print("skipped: GOODWORD_SHARED names no folder with recorded rows")
        return
    with state_folder() as home:
        os.environ["GOODWORD_HOME"] = str(home)
        path = home / "rows.csv"
        write_rows(path, Path(shared))
        from goodword.config.processes.django_process import django_process

        with django_process("bench"):
            _measure(path)


def _measure(path: Path) -> None:
    from goodword.config.processes.migrations import make_tables
    from goodword.kernel.clock import current_time
    from goodword.listen.import_file import source_for_file
    from goodword.staff.open_workspace import open_workspace

    make_tables()
    workspace = open_workspace(name="Bench", now=current_time())
    source = source_for_file(workspace=workspace, format="twcs", name="rows", now=current_time())
    before = _bare_copy(path)
    started = time.perf_counter()
    run = _import(source, path)
    intake = run.read / (time.perf_counter() - started)
    bare = (before + _bare_copy(path)) / 2  # before and after, since a machine's speed drifts
    cases, to_cases = _to_cases(source.pk, run.read)
    again = _import(source, path)
    ratio = intake / bare
    kept = "aim kept" if ratio >= AIM else "must kept" if ratio >= MUST else "BROKEN"
    print(f"bare COPY of the rows        {bare:10,.0f} rows/s")
    print(f"intake                       {intake:10,.0f} rows/s   {ratio:.2f} of it ({kept}: must {MUST}, aim {AIM})")
    print(f"understood, made into cases  {to_cases:10,.0f} rows/s   ({cases:,} cases)")
    print(f"imported again               {again.read - again.duplicates} rows added, {again.duplicates:,} known")
    if again.duplicates != again.read:
        sys.exit("A second import added rows.")


def _import(source: Source, path: Path) -> ImportRun:
    from goodword.connectors.recorded.connector import read_file
    from goodword.kernel.clock import current_time
    from goodword.listen.import_file import import_file

    rows = read_file(path, "twcs")
    return import_file(source=source, rows=rows, file_name="rows", now=current_time(), progress=lambda _: None)


def _bare_copy(path: Path) -> float:
    """Rows a second into a plain table, the file as it is."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute("CREATE TABLE bare (a text, b text, c text, d text, e text, f text, g text)")
        started = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy, path.open("rb") as file:
            while chunk := file.read(1 << 18):
                copy.write(chunk)
        return float(cursor.rowcount / (time.perf_counter() - started))


def _to_cases(source_id: int, rows: int) -> tuple[int, float]:
    from goodword.care.attend import attend
    from goodword.care.models import Case
    from goodword.config.importing import BATCH
    from goodword.kernel.clock import current_time
    from goodword.listen.understand import understand

    started = time.perf_counter()
    while understand(source_id=source_id, limit=BATCH, now=current_time()).raws:
        pass
    while attend(source_id=source_id, limit=BATCH, now=current_time()):
        pass
    return Case.objects.standing().count(), rows / (time.perf_counter() - started)
