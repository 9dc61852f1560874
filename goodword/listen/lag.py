"""How far behind a source is: from when something was said until it came in."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median

from django.db.models import F

from goodword.connectors.contract import Direction
from goodword.listen.models import Mention, Source

_LATELY = timedelta(days=1)
_LOOKED_AT = 20


def lag_of(source: Source, now: datetime) -> timedelta | None:
    """Of the newest mentions of the last day, in the middle; None where there were none.

    What was said before the source was connected came in late for no fault of its own, and isn't counted.
    """
    since = max(now - _LATELY, source.created_at)
    newest = Mention.objects.of(source.workspace_id).filter(source=source, direction=Direction.IN.value, at__gte=since)
    lags = newest.order_by("-at").values_list(F("received_at") - F("at"), flat=True)[:_LOOKED_AT]
    seconds = [max(lag.total_seconds(), 0.0) for lag in lags]
    return timedelta(seconds=median(seconds)) if seconds else None
