"""The ledger of gaps in listening: no silence without a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.connectors.contract import Gap as HeardGap
from goodword.kernel.facts import record
from goodword.listen.events import GapClosed, GapOpened
from goodword.listen.models import Gap, Source
from goodword.staff.models import Notice, Role
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

# A listener gives a sign of life at least every 30 s (`connectors.contract.Listens`); after this long there was none.
NOBODY_LISTENED_AFTER = timedelta(minutes=2)


@transaction.atomic
def open_gap(*, source: Source, reason: str, state: Source.State, now: datetime, since: datetime | None = None) -> None:
    """The source is not heard, `since` its last sign of life where nothing else is said.

    A gap that is open already stays as it is, and so does a source that is stopped, with its reason.
    """
    # The source's row is locked before those of its gaps, here and wherever both are written.
    if Source.objects.filter(pk=source.pk).exclude(state=Source.State.STOPPED).update(state=state, error=reason):
        _open(source, since or _last_alive(source) or now, reason, now)


@transaction.atomic
def give_up(*, source: Source, reason: str, now: datetime) -> None:
    """Listening ends for good, e.g. since a token was revoked: nobody may find out by chance, so admins are told."""
    since = _last_alive(source)
    open_gap(source=source, reason=reason, state=Source.State.STOPPED, now=now, since=since)
    notify(
        workspace_id=source.workspace_id,
        agent_ids=who_may(Role.ADMIN, workspace=source.workspace_id).values_list("pk", flat=True),
        kind=Notice.Kind.SILENT,
        subject=f"source:{source.pk}",
        text=_("%(name)s is not heard any more: %(reason)s") % {"name": source.name, "reason": reason},
        now=since or now,
    )


@transaction.atomic
def rest_for_money(*, source: Source, reason: str, now: datetime) -> None:
    """Reading rests since the month's budget is spent: in the ledger like any other gap, and admins are told once."""
    is_new = not Gap.objects.filter(source=source, until=None).exists()
    open_gap(source=source, reason=reason, state=Source.State.FAILING, now=now)
    if is_new:
        notify(
            workspace_id=source.workspace_id,
            agent_ids=who_may(Role.ADMIN, workspace=source.workspace_id).values_list("pk", flat=True),
            kind=Notice.Kind.SILENT,
            subject=f"source:{source.pk}",
            text=_("%(name)s rests until next month, or until more may be spent: %(reason)s")
            % {"name": source.name, "reason": reason},
            now=now,
        )


@transaction.atomic
def note_absence(*, source: Source, now: datetime) -> None:
    """Listening begins. If nobody listened for a while, that is a gap too; the first sign of life closes it."""
    last_alive = _last_alive(source)
    if last_alive and now - last_alive > NOBODY_LISTENED_AFTER:
        _open(source, last_alive, _("Nobody listened: the listening process or its database was down."), now)


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
            open_gap(source=source, reason=gap.reason, state=Source.State.FAILING, now=now, since=gap.since)
            continue
        row, made = Gap.objects.get_or_create(
            source=source,
            since=gap.since,
            until=gap.until,
            defaults={"workspace_id": source.workspace_id, "reason": gap.reason},
        )
        if made:
            record(GapOpened(workspace_id=source.workspace_id, source_id=source.pk, gap_id=row.pk), now=now)


def _open(source: Source, since: datetime, reason: str, now: datetime) -> None:
    gap, made = Gap.objects.get_or_create(
        source=source, until=None, defaults={"workspace_id": source.workspace_id, "since": since, "reason": reason}
    )
    if made:
        record(GapOpened(workspace_id=source.workspace_id, source_id=source.pk, gap_id=gap.pk), now=now)


def _last_alive(source: Source) -> datetime | None:
    """As the row says: an instance may have been read long before the last sign of life."""
    return Source.objects.values_list("last_alive_at", flat=True).get(pk=source.pk)
