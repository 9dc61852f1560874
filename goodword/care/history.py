"""How often the people behind a batch of mentions needed us before."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from goodword.care.models import Case
from goodword.listen.models import Mention

# A second failure within 90 days is a matter of its own (see the measures on service recovery).
WINDOW = timedelta(days=90)


class Histories:
    """Opening times of people's cases, fetched once for a batch and kept up to date while it is attended to."""

    def __init__(self, workspace_id: int, mentions: Sequence[Mention]) -> None:
        self._opened: dict[int, list[datetime]] = defaultdict(list)
        people = {mention.identity.person_id for mention in mentions if mention.inbound}
        if not people:
            return
        since = min(mention.at for mention in mentions) - WINDOW
        rows = (
            Case.objects.of(workspace_id)
            .standing()
            .filter(identity__person_id__in=people, opened_at__gte=since)
            .order_by("opened_at")
            .values_list("identity__person_id", "opened_at")
        )
        for person_id, opened_at in rows:
            self._opened[person_id].append(opened_at)

    def earlier_cases(self, person_id: int, before: datetime) -> int:
        """Cases that this person opened within the 90 days before."""
        opened = self._opened[person_id]
        return bisect_left(opened, before) - bisect_left(opened, before - WINDOW)

    def note(self, mention: Mention) -> None:
        """This mention opens a case."""
        insort(self._opened[mention.identity.person_id], mention.at)
