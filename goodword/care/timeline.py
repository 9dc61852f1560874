"""The conversation of a case, in time order: messages, and between them what happened. Read by keyset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import QuerySet

from goodword.care.activity import SENTENCES, Names, sentence
from goodword.care.keyset import read_key, rows_after, write_key
from goodword.care.models import Case, Delivery, Message, MessageKind
from goodword.kernel.models import FactRow
from goodword.listen.models.mention import UNSHOWN

PAGE = 50  # messages
MOST = 1_000  # messages that a page which stayed open may have come to
LINES = 200  # facts between them
COLUMNS, KINDS = ("at", "id"), (datetime, int)


@dataclass(frozen=True, slots=True)
class Entry:
    """A message, or a line about what happened."""

    at: datetime
    message: Message | None = None
    line: str = ""
    fact_id: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries from the message on that `first` names (for an address); `earlier`: whether there is more before it."""

    entries: list[Entry]
    first: str
    earlier: bool


def latest(case: Case) -> Timeline:
    """The last page."""
    return _page(case, _messages(case), None)


def before(case: Case, first: str) -> Timeline:
    """The page that ends right before a message; the last page for an address that makes no sense."""
    key = read_key(first, KINDS)
    if key is None:
        return latest(case)
    return _page(case, rows_after(_messages(case), COLUMNS, key), cast(datetime, key[0]))


def since(case: Case, first: str) -> Timeline:
    """All from a message on, itself included: what a page that shows the conversation from there shows now."""
    key = read_key(first, KINDS)
    if key is None:
        return latest(case)
    at, pk = cast("tuple[datetime, int]", key)
    messages = list(rows_after(_messages(case), COLUMNS, (at, pk - 1), ascending=True)[:MOST])[::-1]
    earlier = rows_after(_messages(case), COLUMNS, key).exists()
    return Timeline(_merge(messages, _lines(case, at if earlier else None, None)), first, earlier)


def _messages(case: Case) -> QuerySet[Message]:
    return (
        Message.objects.of(case.workspace_id)
        .filter(case=case)
        .exclude(delivery=Delivery.UNDONE)
        .select_related("mention__identity__person", "agent")
        .defer("mention__identity__person__about", *(f"mention__{name}" for name in UNSHOWN))
        .prefetch_related("mention__attachments", "enclosures")
        .order_by("-at", "-id")
    )


def _page(case: Case, messages: QuerySet[Message], until: datetime | None) -> Timeline:
    found = list(messages[: PAGE + 1])
    page, earlier = found[:PAGE][::-1], len(found) > PAGE
    lines = _lines(case, page[0].at if page and earlier else None, until)
    return Timeline(_merge(page, lines), write_key((page[0].at, page[0].pk)) if page else "", earlier)


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
