"""Everything that passed between us and one person, over all their channels and cases; newest first, by keyset.

What they said, whether it became a case or not; what we answered; what became of their cases; and when they were found
to be one person with another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from goodword.care.keyset import read_key, write_key
from goodword.care.models import Case, Delivery, Message, MessageKind
from goodword.kernel.models import FactRow
from goodword.listen.models import Mention
from goodword.people.models import Identity, Person

PAGE = 50
M = TypeVar("M", bound=Model)
FACTS = (
    "CaseOpened",
    "CaseReopened",
    "CasesMerged",
    "PeopleMergeUndone",
    "PeopleMerged",
    "ResolutionConfirmed",
    "ResolutionDisputed",
    "ResolutionLapsed",
    "ResolutionProposed",
    "ResolutionRated",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One of three: what they said, what we answered, or a fact."""

    at: datetime
    said: Mention | None = None
    answer: Message | None = None
    fact: FactRow | None = None

    @property
    def key(self) -> tuple[datetime, int, int]:
        """Its place among all moments: time, then kind, then id."""
        row, rank = (self.said, 2) if self.said else (self.answer, 1) if self.answer else (self.fact, 0)
        return self.at, rank, row.pk if row else 0


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Moments, and where the next page begins (empty at the end)."""

    moments: Sequence[Moment]
    after: str


def person_timeline(person: Person, *, after: str = "", size: int = PAGE) -> TimelinePage:
    """What was there before `after`, or the newest."""
    workspace = person.workspace_id
    identities = list(Identity.objects.of(workspace).filter(person=person).values_list("pk", flat=True))
    cases = list(Case.objects.of(workspace).filter(identity__in=identities).values_list("pk", flat=True))
    said = Mention.objects.of(workspace).filter(identity__in=identities).select_related("identity", "source")
    answers = Message.objects.of(workspace).filter(case__in=cases, kind=MessageKind.REPLY)
    answers = answers.exclude(delivery=Delivery.UNDONE).select_related("agent", "case", "mention")
    subjects = [f"person:{person.pk}", *(f"case:{case}" for case in cases)]
    facts = FactRow.objects.filter(workspace_id=workspace, subject__in=subjects, kind__in=FACTS)
    key = read_key(after, (datetime, int, int))
    moments: Iterable[Moment] = (
        *(Moment(row.at, said=row) for row in _before(said, 2, key, size)),
        *(Moment(row.at, answer=row) for row in _before(answers, 1, key, size)),
        *(Moment(row.at, fact=row) for row in _before(facts, 0, key, size)),
    )
    newest = sorted(moments, key=lambda moment: moment.key, reverse=True)
    return TimelinePage(newest[:size], write_key(newest[size - 1].key) if len(newest) > size else "")


def _before(rows: QuerySet[M], rank: int, key: tuple[int | datetime, ...] | None, size: int) -> QuerySet[M]:
    """The newest rows of one kind that come before a place among all kinds."""
    if key is not None:
        at, key_rank, pk = key
        same_moment = Q(at=at, pk__lt=pk) if rank == key_rank else Q(at=at) if rank < int(key_rank) else Q(pk__in=[])  # type: ignore[arg-type]
        rows = rows.filter(Q(at__lte=at) & (Q(at__lt=at) | same_moment))
    return rows.order_by("-at", "-pk")[: size + 1]
