"""Raw intake: stored before it is understood, with the cursor in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec
from django.db import IntegrityError, connection, transaction
from psycopg.types.string import BytesBinaryDumper

from goodword.connectors.contract import Delivery, Raw
from goodword.listen.gaps import close_gap, record_gaps
from goodword.listen.locks import Step, take_turn
from goodword.listen.models import ImportRun, Source
from goodword.listen.silence import note_heard

# Received together with its reason, for a file's pieces that can't even be told apart.
RejectedRaw = tuple[Raw, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch added: new items, and items that had come before."""

    new: int
    duplicates: int

    @property
    def read(self) -> int:
        """How many there were."""
        return self.new + self.duplicates


@transaction.atomic
def take_in(*, source: Source, delivery: Delivery, now: datetime) -> Taken:
    """Store a delivery, the cursor after it and the gaps it tells of. Items that came before are dropped.

    A sign of life, which closes the open gap; but a source that was stopped while this was under way stays stopped.
    """
    take_turn(Step.INTAKE, source.pk)
    taken = store_raws(source=source, raws=[(raw, "") for raw in delivery.raws], import_run=None, now=now)
    row = Source.objects.filter(pk=source.pk)
    came_from, last_heard_at = row.values_list("cursor", "last_heard_at").get()
    row.update(cursor=dict(delivery.cursor), last_alive_at=now, **_told(delivery))
    if taken.new:
        note_heard(source=source, last_heard_at=last_heard_at, now=now)
    if row.filter(state__in=Source.WANTED).update(state=Source.State.LISTENING, error=""):
        close_gap(source=source, filled=bool(came_from), now=now)
    record_gaps(source=source, gaps=delivery.gaps, now=now)
    return taken


def _told(delivery: Delivery) -> dict[str, Any]:
    """What the network says of itself and of what it lets us do."""
    told: dict[str, Any] = {}
    if delivery.learned is not None:
        told["learned"] = dict(delivery.learned)
    if delivery.quotas:
        told["quotas"] = msgspec.to_builtins(delivery.quotas)
    return told


@transaction.atomic
def take_in_rows(*, run: ImportRun, rows: Iterator[RejectedRaw], limit: int, now: datetime) -> Taken:
    """Store the next rows of a file, up to `limit`, and count them on the import's run.

    Rows are copied straight into their table while they are read, which is three times as fast as by way of a staging
    table. The first one that had come before ends that, and the batch is stored as a delivery is.
    """
    take_turn(Step.INTAKE, run.source_id)
    read: list[RejectedRaw] = []
    batch = islice(rows, limit)
    taken = None if run.duplicates else _copy_new(run, _remembered(batch, read), now)
    if taken is None:
        read.extend(batch)
        taken = store_raws(source=run.source, raws=read, import_run=run, now=now)
    run.read += len(read)
    run.duplicates += taken.duplicates
    run.save(update_fields=["read", "duplicates"])
    Source.objects.filter(pk=run.source_id).update(last_heard_at=now)
    return taken


def _remembered(rows: Iterable[RejectedRaw], read: list[RejectedRaw]) -> Iterator[RejectedRaw]:
    for row in rows:
        read.append(row)
        yield row


def _copy_new(run: ImportRun, rows: Iterable[RejectedRaw], now: datetime) -> Taken | None:
    """Copy rows that are expected to be new; None if one wasn't, and then nothing of them is stored."""
    count = 0
    same = (run.workspace_id, run.source_id, run.pk)
    try:
        with transaction.atomic(), connection.cursor() as cursor, connection.wrap_database_errors:
            # The way bytes take through the C part of psycopg; a cursor chooses another one, for the DB-API's `Binary`.
            cursor.adapters.register_dumper(bytes, BytesBinaryDumper)
            with cursor.copy(_COPY) as copy:
                copy.set_types(["int8", "int8", "int8", "text", "bytea", "text", "timestamptz", "text"])
                for raw, reason in rows:
                    copy.write_row((*same, raw.delivery_id, raw.body, raw.content_type, now, reason))
                    count += 1
    except IntegrityError:
        return None
    return Taken(new=count, duplicates=0)


def store_raws(*, source: Source, raws: Iterable[RejectedRaw], import_run: ImportRun | None, now: datetime) -> Taken:
    """Copy items into a staging table and insert from there what is new; a fresh table is read in its own order."""
    staged = 0
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("COPY raw_stage (delivery_id, body, content_type, reason) FROM STDIN BINARY") as copy:
            copy.set_types(["text", "bytea", "text", "text"])
            for raw, reason in raws:
                copy.write_row((raw.delivery_id, raw.body, raw.content_type, reason))
                staged += 1
        cursor.execute(_INSERT, [source.workspace_id, source.pk, import_run.pk if import_run else None, now])
        new = cursor.rowcount
        cursor.execute("TRUNCATE raw_stage")
    return Taken(new=new, duplicates=staged - new)


_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS raw_stage (
    delivery_id text, body bytea, content_type text, reason text
) ON COMMIT DELETE ROWS
"""
_COLUMNS = "workspace_id, source_id, import_run_id, delivery_id, body, content_type, received_at, rejected_because"
_COPY = f"COPY listen_rawitem ({_COLUMNS}) FROM STDIN BINARY"
_INSERT = f"""
INSERT INTO listen_rawitem ({_COLUMNS})
SELECT %s, %s, %s, delivery_id, body, content_type, %s, reason FROM raw_stage
ON CONFLICT (workspace_id, source_id, delivery_id) DO NOTHING
"""  # noqa: S608  # names of columns, written here
