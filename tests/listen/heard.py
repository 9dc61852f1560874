"""Say things to a source, through the real connector for recorded lines."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import orjson

from goodword.connectors.contract import Delivery, Raw
from goodword.listen.intake import Taken, take_in
from goodword.listen.models import Source
from goodword.listen.understand import Understood, understand
from goodword.staff.models import Workspace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
JSONL = "application/json; format=goodword"


def at(minutes: float) -> datetime:
    """So many minutes after the Monday noon at which every test begins."""
    return NOON + timedelta(minutes=minutes)


def open_file_source(workspace: Workspace | None = None, name: str = "file") -> Source:
    """A source that understands recorded lines."""
    workspace = workspace or Workspace.objects.create(name="Harbour", slug="harbour")
    return Source.objects.create(
        workspace=workspace,
        connector_key="recorded",
        channel="file",
        name=name,
        settings={"format": "jsonl"},
        created_at=NOON,
    )


def line(native_id: str, text: str = "My parcel never came", *, minutes: float = 0, **fields: object) -> Raw:
    """One thing that was said, as a raw item; other fields as the recorded lines have them."""
    said = {"id": native_id, "author": "mara", "at": at(minutes).isoformat(), "text": text, **fields}
    return raw(orjson.dumps(said))


def raw(body: bytes) -> Raw:
    """Any bytes as a raw item; its delivery is known again by its content."""
    return Raw(hashlib.sha256(body).hexdigest()[:40], body, JSONL)


def hear(source: Source, *raws: Raw, minutes: float = 60, cursor: int = 0) -> Taken:
    """Take in a delivery."""
    return take_in(source=source, delivery=Delivery(raws=raws, cursor={"n": cursor}), now=at(minutes))


def hear_and_understand(source: Source, *raws: Raw, minutes: float = 60, batch: int = 100) -> list[Understood]:
    """Take in a delivery and understand all of it, in batches."""
    hear(source, *raws, minutes=minutes)
    done = []
    while (batch_done := understand(source_id=source.pk, limit=batch, now=at(minutes))).raws:
        done.append(batch_done)
    return done
