"""An import from end to end: rows taken in, understood, attended to; here and now, whether a worker runs or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from goodword.care.attend import attend
from goodword.care.models import Case
from goodword.config.processes.migrations import make_tables
from goodword.config.workspaces import WorkspaceUnclear, the_workspace
from goodword.connectors.recorded.connector import Unreadable, read_file
from goodword.kernel.clock import current_time
from goodword.listen.import_file import NotForFiles, import_file, source_for_file
from goodword.listen.models import ImportRun, Mention, RawItem, Source
from goodword.listen.understand import understand
from goodword.staff.models import Workspace
from goodword.staff.open_workspace import open_workspace

BATCH = 2000
Progress = Callable[[str, int], None]


class ImportRefused(Exception):
    """Nothing was imported; the message says why and what to do."""


def run_import(
    *, file: Path, format: str, workspace_slug: str | None, source_name: str | None, progress: Progress
) -> dict[str, int]:
    """Import `file` and say what this run added. Raises `ImportRefused`."""
    try:
        rows = read_file(file, format)  # a file that is refused leaves nothing behind, not even an empty source
    except Unreadable as error:
        raise ImportRefused(str(error)) from error
    make_tables()
    name = source_name or f"Recorded file ({format})"
    try:
        source = source_for_file(workspace=_workspace(workspace_slug), format=format, name=name, now=current_time())
    except NotForFiles as error:
        raise ImportRefused(str(error)) from error
    run = import_file(
        source=source, rows=rows, file_name=file.name, now=current_time(), progress=lambda n: progress("Read", n)
    )
    _drain(source, progress)
    return _added(run)


def _workspace(slug: str | None) -> Workspace:
    """The one that is meant; an installation that has none gets one."""
    if slug is None and not Workspace.objects.exists():
        return open_workspace(name="Imported", now=current_time())
    try:
        return the_workspace(slug)
    except WorkspaceUnclear as error:
        raise ImportRefused(str(error)) from error


def _drain(source: Source, progress: Progress) -> None:
    """Understand and attend, in turns, until nothing is left. A worker may do some of it meanwhile."""
    understood = attended = 0
    while raws := understand(source_id=source.pk, limit=BATCH, now=current_time()).raws:
        understood += raws
        progress("Understood", understood)
    while mentions := attend(source_id=source.pk, limit=BATCH, now=current_time()):
        attended += mentions
        progress("Made into cases", attended)


def _added(run: ImportRun) -> dict[str, int]:
    mine = RawItem.objects.filter(import_run=run)
    run.rejected = mine.exclude(rejected_because="").count()
    run.save(update_fields=["rejected"])
    return {
        "read": run.read,
        "mentions": Mention.objects.filter(raw__import_run=run).count(),
        "cases": Case.objects.standing().filter(opening_mention__raw__import_run=run).count(),
        "duplicates": run.duplicates,
        "rejected": run.rejected,
    }
