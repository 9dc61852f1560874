"""The conversation of a case, in time order: messages, and between them what happened. Read by keyset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from goodword.care.activity import SENTENCES, Names, sentence
from goodword.care.models import Case, Delivery, Message, MessageKind
from goodword.kernel.models import FactRow

PAGE = 50  # messages
MOST = 1_000  # messages that a page which stayed open may have come to
LINES = 200  # facts between them


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the conversation. In an address: `<microseconds since 1970>-<message id>`."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """What stands in an address; None for anything else."""
        at, _dash, pk = text.partition("-")
        if not (at.isdecimal() and pk.isdecimal() and len(at) < 18 and len(pk) < 19):
            return None
        return cls(_EPOCH + timedelta(microseconds=int(at)), int(pk))


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Entry:
    """A message, or a line about what happened."""

    at: datetime
    message: Message | None = None
    line: str = ""
    fact_id: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries from `first` on; `earlier` says whether there is more before them."""

    entries: list[Entry]
    first: Cursor | None
    earlier: bool


def latest(case: Case) -> Timeline:
    """The last page."""
    return _page(case, Q(), None)


def before(case: Case, cursor: Cursor) -> Timeline:
    """The page that ends right before `cursor`."""
    return _page(case, Q(at__lt=cursor.at) | Q(at=cursor.at, id__lt=cursor.id), cursor.at)


def since(case: Case, cursor: Cursor) -> Timeline:
    """All from `cursor` on, itself included: what a page that shows the conversation from there shows now."""
    messages = list(_messages(case).filter(Q(at__gt=cursor.at) | Q(at=cursor.at, id__gte=cursor.id))[:MOST])[::-1]
    return Timeline(_merge(messages, _lines(case, cursor.at, None)), cursor, earlier=True)


def _messages(case: Case) -> QuerySet[Message]:
    return (
        Message.objects.of(case.workspace_id)
        .filter(case=case)
        .exclude(delivery=Delivery.UNDONE)
        .select_related("mention__identity__person", "agent")
        .prefetch_related("mention__attachments", "enclosures")
        .order_by("-at", "-id")
    )


def _page(case: Case, where: Q, until: datetime | None) -> Timeline:
    found = list(_messages(case).filter(where)[: PAGE + 1])
    messages, earlier = found[:PAGE][::-1], len(found) > PAGE
    first = Cursor(messages[0].at, messages[0].pk) if messages else None
    lines = _lines(case, first.at if first and earlier else None, until)
    return Timeline(_merge(messages, lines), first, earlier)


def _lines(case: Case, from_: datetime | None, until: datetime | None) -> list[Entry]:
    rows = FactRow.objects.filter(workspace_id=case.workspace_id, subject=f"case:{case.pk}", kind__in=SENTENCES)
    if from_ is not None:
        rows = rows.filter(at__gte=from_)
    if until is not None:
        rows = rows.filter(at__lt=until)
    found = list(rows.order_by("-id")[:LINES])[::-1]
    names = Names.of(found)
    return [Entry(row.at, line=sentence(row, names), fact_id=row.pk) for row in found]


def _merge(messages: list[Message], lines: list[Entry]) -> list[Entry]:
    entries = [Entry(message.at, message=message) for message in messages] + lines
    return sorted(entries, key=lambda entry: entry.at)  # stable: a message before the line of the same moment


def last_ids(case: Case) -> tuple[int, int]:
    """Ids of the customer's newest message and of the newest of all: what a composer has seen."""
    newest = (
        Message.objects.of(case.workspace_id)
        .filter(case=case)
        .exclude(kind=MessageKind.NOTE)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
    )
    return case.last_inbound_id, newest or 0
