"""What the page of the mentions shows: everything that was heard, what became of it, and why. Filters are the address.

Pages go on by keyset. Only time has an index to follow; so whatever else is asked for is looked for among the newest
`LOOKED_THROUGH`, and the page says how far back it looked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from goodword.care.keyset import read_key, rows_after, write_key
from goodword.care.models import Message
from goodword.care.set_aside import CHOICES
from goodword.kernel.ids import read_id
from goodword.listen.models import Disposition, Mention, Source
from goodword.staff.models import Workspace
from goodword.web.days import read_day

PAGE = 40
LOOKED_THROUGH = 20_000  # mentions for one page
LONGEST_WORDS = 200  # characters
EVERYTHING = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionFilter:
    """Which mentions. Without a disposition: those outside every case."""

    disposition: str = ""  # one of `Disposition`, or `all`
    channel: str = ""
    source: int | None = None
    words: str = ""  # all of them, anywhere
    since: date | None = None  # in the workspace's zone

    @classmethod
    def read(cls, given: QueryDict) -> MentionFilter:
        """What an address asks for; what it can't mean is left out."""
        disposition = given.get("disposition", "")
        return cls(
            disposition=disposition if disposition in {EVERYTHING, *Disposition.values} else "",
            channel=given.get("channel", "")[:40].replace("\x00", ""),
            source=read_id(given.get("source", "")),
            words=" ".join(given.get("words", "").replace("\x00", "").split())[:LONGEST_WORDS],
            since=read_day(given.get("since", "")),
        )

    @property
    def chosen(self) -> bool:
        """Whether anything is asked for at all."""
        return self != MentionFilter()

    def conditions(self) -> Q:
        """All but the time, which is the order."""
        asked = Q()
        if not self.disposition:
            asked &= ~Q(disposition=Disposition.CASE) & ~Q(Exists(Message.objects.filter(mention=OuterRef("pk"))))
        elif self.disposition != EVERYTHING:
            asked &= Q(disposition=self.disposition)
        if self.channel:
            asked &= Q(channel=self.channel)
        if self.source is not None:
            asked &= Q(source=self.source)
        for word in self.words.split():
            asked &= Q(text__icontains=word) | Q(title__icontains=word)
        return asked


@dataclass(frozen=True, slots=True)
class Row:
    """A mention as the page shows it; `number` is that of its case."""

    mention: Mention
    number: int | None

    @property
    def choices(self) -> list[Disposition]:
        """What an agent may say instead of what stands there."""
        if self.number is not None or not self.mention.inbound or not self.mention.disposition:
            return []
        return [choice for choice in CHOICES if choice != self.mention.disposition]

    @property
    def can_be_taken_back(self) -> bool:
        """Whether an agent decided."""
        return self.number is None and self.mention.decided_by_id is not None


@dataclass(frozen=True, slots=True)
class MentionPage:
    """Rows, newest first; where the next page begins (empty at the end); how far back was looked, if not to the end."""

    rows: Sequence[Row]
    after: str
    looked_back_to: datetime | None = None


def read_mentions(workspace: Workspace, chosen: MentionFilter, *, after: str = "") -> MentionPage:
    """The newest that are asked for, or those that come after a key."""
    heard: QuerySet[Mention] = Mention.objects.of(workspace)
    if chosen.since is not None:
        heard = heard.filter(at__gte=timezone.make_aware(datetime.combine(chosen.since, time())))
    key = read_key(after, (datetime, int))
    if key is not None:
        heard = rows_after(heard, ("at", "pk"), key)
    conditions, end = chosen.conditions(), None
    if conditions:
        end = _end_of_looking(heard)
        heard = heard.filter(conditions, at__gte=end) if end else heard.filter(conditions)
    found = list(_with_all_they_show(heard).order_by("-at", "-pk")[: PAGE + 1])
    rows = rows_of(workspace, found[:PAGE])
    if len(found) > PAGE:
        return MentionPage(rows, write_key((found[PAGE - 1].at, found[PAGE - 1].pk)))
    return MentionPage(rows, write_key((end, 0)), end) if end else MentionPage(rows, "")


def _end_of_looking(heard: QuerySet[Mention]) -> datetime | None:
    """The time of the last mention that one page looks at; None where it looks at all of them."""
    window = heard.order_by("-at", "-pk").values("at")[:LOOKED_THROUGH]
    seen = window.aggregate(count=Count("at"), end=Min("at"))
    return seen["end"] if seen["count"] == LOOKED_THROUGH else None


def rows_of(workspace: Workspace, mentions: Sequence[Mention]) -> list[Row]:
    """With the number of the case that each is part of."""
    parts = Message.objects.of(workspace).filter(mention__in=[mention.pk for mention in mentions])
    numbers = dict(parts.values_list("mention_id", "case__number"))
    return [Row(mention, numbers.get(mention.pk)) for mention in mentions]


def find_row(workspace: Workspace, pk: int) -> Row | None:
    """One of them."""
    found = list(_with_all_they_show(Mention.objects.of(workspace).filter(pk=pk)))
    return rows_of(workspace, found)[0] if found else None


def _with_all_they_show(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    return mentions.select_related("identity", "source").defer(
        "html", "extra", "reading", "references", "source__cursor", "source__sealed_secrets"
    )


def sources_of(workspace: Workspace) -> list[Source]:
    """To choose from."""
    return list(Source.objects.of(workspace).only("pk", "workspace_id", "name", "channel").order_by("name"))
