"""The ledger of gaps in listening: no silence without a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from goodword.connectors.contract import Gap as HeardGap
from goodword.kernel.facts import record
from goodword.listen.events import GapClosed, GapOpened
from goodword.listen.models import Gap, Source


@transaction.atomic
def open_gap(*, source: Source, reason: str, state: Source.State, now: datetime) -> Gap:
    """From `now` on the source is not heard. A gap that is open already stays as it is."""
    Source.objects.filter(pk=source.pk).update(state=state, error=reason)
    since = source.last_alive_at or now
    gap, made = Gap.objects.get_or_create(
        source=source, until=None, defaults={"workspace_id": source.workspace_id, "since": since, "reason": reason}
    )
    if made:
        record(GapOpened(workspace_id=source.workspace_id, source_id=source.pk, gap_id=gap.pk), now=now)
    return gap


@transaction.atomic
def close_gap(*, source: Source, filled: bool, now: datetime) -> None:
    """The source is heard again. `filled`: what was said meanwhile comes in after all."""
    for gap in Gap.objects.select_for_update().filter(source=source, until=None):
        gap.until = now
        gap.filled_at = now if filled else None
        gap.save(update_fields=["until", "filled_at"])
        record(GapClosed(workspace_id=source.workspace_id, source_id=source.pk, gap_id=gap.pk), now=now)


def record_gaps(*, source: Source, gaps: Sequence[HeardGap], now: datetime) -> None:
    """Keep gaps that the connector itself knows of, e.g. a cursor that the network no longer honours."""
    for gap in gaps:
        if gap.until is None:
            open_gap(source=source, reason=gap.reason, state=Source.State.FAILING, now=now)
            continue
        row, made = Gap.objects.get_or_create(
            source=source,
            since=gap.since,
            until=gap.until,
            defaults={"workspace_id": source.workspace_id, "reason": gap.reason},
        )
        if made:
            record(GapOpened(workspace_id=source.workspace_id, source_id=source.pk, gap_id=row.pk), now=now)
