"""How often the people behind a batch of mentions needed us before, and were failed; and how that is weighed."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

from goodword.care.models import Case, Episode, Resolution
from goodword.listen.models import Mention
from goodword.triage.risk import COMPLAINS
from goodword.triage.weights import Weights
from goodword.triage.weights_in_force import weights_in_force

# A second failure within 90 days is a matter of its own (see the measures on service recovery).
WINDOW = timedelta(days=90)


class Histories:
    """Opening times of people's cases, fetched once for a batch and kept up to date while it is attended to."""

    def __init__(self, workspace_id: int, mentions: Sequence[Mention]) -> None:
        self.workspace_id = workspace_id
        self._opened: dict[int, list[datetime]] = defaultdict(list)
        self._failed: dict[int, list[datetime]] = defaultdict(list)
        self._disputed: Counter[int] = Counter()
        people = {mention.identity.person_id for mention in mentions if mention.inbound}
        if not people:
            return
        since = min(mention.at for mention in mentions) - WINDOW
        rows = (
            Case.objects.of(workspace_id)
            .standing()
            .filter(identity__person_id__in=people, opened_at__gte=since)
            .order_by("opened_at")
            .values_list("identity__person_id", "opened_at", "cause", "opening_mention__reading__complaint")
        )
        for person_id, opened_at, cause_id, complaint in rows:
            self._opened[person_id].append(opened_at)
            if cause_id is not None or (complaint or 0.0) >= COMPLAINS:
                self._failed[person_id].append(opened_at)
        disputed = Episode.objects.filter(case__identity__person_id__in=people, resolution=Resolution.DISPUTED)
        self._disputed.update(disputed.filter(workspace_id=workspace_id).values_list("case_id", flat=True))

    @cached_property
    def weights(self) -> Weights:
        """By which the workspace weighs now."""
        return weights_in_force([self.workspace_id])[self.workspace_id]

    def earlier_cases(self, person_id: int, before: datetime) -> int:
        """Cases that this person opened within the 90 days before."""
        return _within(self._opened[person_id], before)

    def earlier_failures(self, person_id: int, before: datetime) -> int:
        """Those among them that were complaints, by how they read or because an agent named a cause."""
        return _within(self._failed[person_id], before)

    def disputes(self, case: Case) -> int:
        """How often its customer said of this case that it is not solved after all."""
        return self._disputed[case.pk]

    def note(self, mention: Mention) -> None:
        """This mention opens a case."""
        insort(self._opened[mention.identity.person_id], mention.at)
        if (mention.reading or {}).get("complaint", 0.0) >= COMPLAINS:
            insort(self._failed[mention.identity.person_id], mention.at)


def _within(times: Sequence[datetime], before: datetime) -> int:
    return bisect_left(times, before) - bisect_left(times, before - WINDOW)
