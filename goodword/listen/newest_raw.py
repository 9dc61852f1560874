"""The newest thing that came in from a source, as it came: what a mapping is tried on."""

from __future__ import annotations

from goodword.connectors.contract import Raw
from goodword.listen.models import RawItem, Source


def newest_raw(source: Source) -> Raw | None:
    """Understood or not; None where nothing came yet, or nothing of it is left."""
    newest = RawItem.objects.filter(source=source).exclude(body=b"").order_by("-id").first()
    return newest.as_heard() if newest else None
