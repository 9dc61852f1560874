"""Read a recorded file into its source: raw rows first, all of them, before any is understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from goodword.connectors.contract import Raw
from goodword.connectors.recorded.connector import Rejected
from goodword.connectors.recorded.reading import Read
from goodword.kernel.clock import current_time
from goodword.listen.intake import RejectedRaw, take_in_rows
from goodword.listen.models import ImportRun, Source
from goodword.listen.sources import open_source
from goodword.staff.models import Workspace

# A batch is one transaction: large enough that its overhead vanishes, small enough to show progress.
BATCH = 20_000
_CONNECTOR = "recorded"
# The network whose words a format holds, so that the same account met there live is the same identity.
CHANNELS = {"twcs": "twitter", "mbox": "email", "jsonl": "file"}


class NotForFiles(Exception):
    """A source of this name hears something else; files can't be read into it."""


def source_for_file(*, workspace: Workspace, format: str, name: str, now: datetime) -> Source:
    """The source that files of this format are read into; importing a file again finds what it brought before.

    Raises `NotForFiles`.
    """
    existing = Source.objects.of(workspace).filter(name=name).first()
    if existing is not None:
        if existing.connector_key != _CONNECTOR:
            raise NotForFiles(f"The source {name!r} is no recorded file. Choose another name with --source.")
        return existing
    return open_source(
        workspace=workspace,
        connector_key=_CONNECTOR,
        channel=CHANNELS[format],
        name=name,
        settings={"format": format},
        now=now,
    )


def import_file(
    *, source: Source, rows: Read, file_name: str, now: datetime, progress: Callable[[int], None]
) -> ImportRun:
    """Take in all rows of a file, as `read_file` gives them. Killed and begun again, it goes on."""
    run = ImportRun.objects.create(
        workspace_id=source.workspace_id, source=source, file_name=file_name[:255], started_at=now
    )
    with_reason = map(_with_reason, rows)
    while take_in_rows(run=run, rows=with_reason, limit=BATCH, now=current_time()).read:
        progress(run.read)
    run.finished_at = current_time()
    run.save(update_fields=["finished_at"])
    Source.objects.filter(pk=source.pk).update(state=Source.State.FINISHED)
    return run


def _with_reason(row: Raw | Rejected) -> RejectedRaw:
    return (row.raw, row.reason) if isinstance(row, Rejected) else (row, "")
