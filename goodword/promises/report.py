"""How well we keep our word: kept on time ÷ due, and what became of the rest, apart (`measures.md`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from goodword.promises.models import Promise, Standing
from goodword.staff.models import Workspace


@dataclass(frozen=True, slots=True)
class WordKept:
    """Promises that fell due in a period, by what became of them; a renegotiated one is not kept, and not due."""

    kept: int
    kept_late: int
    broken: int
    renegotiated: int
    said: int  # in the period, and confirmed by nobody

    @property
    def due(self) -> int:
        """How many fell due."""
        return self.kept + self.kept_late + self.broken

    @property
    def share(self) -> float | None:
        """Kept on time, of those that were due; None if none was."""
        return self.kept / self.due if self.due else None


def word_kept(workspace: Workspace | int, *, since: datetime, until: datetime, now: datetime) -> WordKept:
    """Of the promises that fell due in `since` ≤ t < `until`; what was moved or only said, by when that was."""
    promises = Promise.objects.of(workspace)
    due = Q(due_at__gte=since, due_at__lt=until)
    moved = Q(settled_at__gte=since, settled_at__lt=until)
    overdue = Q(standing=Standing.OPEN, due_at__lt=now)  # the clock has not come to it yet
    counted = promises.aggregate(
        kept=Count("pk", filter=due & Q(standing=Standing.KEPT)),
        kept_late=Count("pk", filter=due & Q(standing=Standing.KEPT_LATE)),
        broken=Count("pk", filter=due & (Q(standing=Standing.BROKEN) | overdue)),
        renegotiated=Count("pk", filter=moved & Q(standing=Standing.RENEGOTIATED)),
        said=Count("pk", filter=Q(standing=Standing.SAID, made_at__gte=since, made_at__lt=until)),
    )
    return WordKept(**counted)
