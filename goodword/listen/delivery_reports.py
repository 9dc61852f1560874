"""What networks tell of replies they took, handed on to whoever sent them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from goodword.connectors.contract import Malformed
from goodword.connectors.delivery_reports import DeliveryReport, Reports
from goodword.kernel.facts import record
from goodword.listen.connector_failure import note_failure
from goodword.listen.events import DeliveriesReported
from goodword.listen.models import RawItem, Source


def hand_on_reports(*, source: Source, raws: Sequence[RawItem], now: datetime) -> None:
    """Record what raw items tell of replies, if anything. Call it in the transaction that understands them."""
    connector = source.connector
    if not isinstance(connector, Reports):
        return
    settings, told = source.full_settings(), list[DeliveryReport]()
    for raw in raws:
        try:
            told += connector.reports(raw.as_heard(), settings)
        except Malformed:
            continue  # `parse` says why
        except Exception as error:  # noqa: BLE001  # third-party code: one item it breaks on must not hold up the rest
            note_failure(error, source_id=source.pk, doing=f"reading delivery reports of raw item {raw.pk}")
    record_reports(source=source, reports=told, now=now)


def record_reports(*, source: Source, reports: Sequence[DeliveryReport], now: datetime) -> None:
    """Announce them, if there are any."""
    if reports:
        rows: list[dict[str, str | None]] = [
            {
                "native_id": report.native_id,
                "key": report.idempotency_key,
                "state": report.state.value,
                "at": report.at.isoformat(),
                "reason": report.reason,
            }
            for report in reports
        ]
        record(DeliveriesReported(workspace_id=source.workspace_id, source_id=source.pk, reports=rows), now=now)
