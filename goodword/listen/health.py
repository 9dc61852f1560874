"""How a source is: heard, in trouble, stopped, or silent without saying so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BinaryField, Func, IntegerField, OuterRef, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goodword.connectors.contract import Listens
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.listen.models import Gap, RawItem, Source
from goodword.listen.purse import Account, accounts_of
from goodword.staff.models import Workspace

# A listener gives a sign of life at least every 30 s (`connectors.contract.Listens`).
SILENT_AFTER = timedelta(minutes=3)
REJECTED_SHOWN = 20
GAPS_SHOWN = 50
MOST_COUNTED = 99
EXCERPT = 4_000  # bytes of a raw item


class Standing(Enum):
    """What the page says of a source: words, the tone of the badge, and an icon."""

    HEARD = (_("Listening"), "good", "check")
    SILENT = (_("No sign of life"), "danger", "clock-alert")
    QUIET = (_("Silent for longer than usual"), "warn", "clock-alert")
    STARTING = (_("Starting again"), "warn", "refresh-cw")  # until the first sign of life closes the gap
    SPENT = (_("Rests: this month's budget is spent"), "warn", "coins")
    FAILING = (_("Failing, tried again"), "warn", "refresh-cw")
    STOPPED = (_("Stopped"), "danger", "circle-x")
    WAITED_FOR = (_("Ready"), "good", "check")  # customers come to us: a chat, a file that is imported
    FINISHED = (_("Read to its end"), "", "circle-check")
    UNINSTALLED = (_("Its connector is not installed"), "danger", "circle-alert")

    def __init__(self, words: str, tone: str, icon: str) -> None:
        self.words, self.tone, self.icon = words, tone, icon


def standing(source: Source, now: datetime, *, in_gap: bool = False) -> Standing:
    """How the source is at `now`, with a gap that is open or without."""
    try:
        listens = isinstance(source.connector, Listens)
    except (UnknownConnector, BrokenConnector):
        return Standing.UNINSTALLED
    if source.state == Source.State.STOPPED:
        return Standing.STOPPED
    if source.state == Source.State.FAILING:
        return Standing.FAILING
    if source.state == Source.State.FINISHED:
        return Standing.FINISHED
    if not listens:
        return Standing.QUIET if source.quiet_since is not None else Standing.WAITED_FOR
    if now - (source.last_alive_at or source.created_at) > SILENT_AFTER:
        return Standing.SILENT
    if source.quiet_since is not None and not in_gap:
        return Standing.QUIET
    return Standing.STARTING if in_gap else Standing.HEARD


@dataclass(frozen=True, slots=True)
class Health:
    """A source as a page shows it."""

    source: Source
    standing: Standing
    connector: str  # what it is called
    icon: str
    gap: Gap | None  # the open one
    rejected: int  # up to one more than MOST_COUNTED
    account: Account | None  # what it costs, where the network takes money


def health_of(sources: Iterable[Source], *, now: datetime) -> list[Health]:
    """Of sources of one workspace."""
    sources = list(sources)
    gaps = {gap.source_id: gap for gap in Gap.objects.filter(source__in=sources, until=None)}
    accounts, rejected = accounts_of(sources, now), _rejected_counts(sources)
    return [
        _health(source, gaps.get(source.pk), accounts.get(source.pk), rejected.get(source.pk, 0), now)
        for source in sources
    ]


def _rejected_counts(sources: Iterable[Source]) -> dict[int, int]:
    """By the source's id; up to one more than `MOST_COUNTED`."""
    items = RawItem.objects.filter(workspace=OuterRef("workspace"), source=OuterRef("pk")).exclude(rejected_because="")
    some = ArraySubquery(items.values("pk")[: MOST_COUNTED + 1])
    counts = Func(some, function="CARDINALITY", output_field=IntegerField())
    counted = Source.objects.filter(pk__in=[source.pk for source in sources]).annotate(counts=counts)
    return dict(counted.values_list("pk", "counts"))


def _health(source: Source, gap: Gap | None, account: Account | None, rejected: int, now: datetime) -> Health:
    stands = standing(source, now, in_gap=gap is not None)
    known = stands is not Standing.UNINSTALLED
    if stands is Standing.FAILING and account is not None and account.is_spent:
        stands = Standing.SPENT
    return Health(
        source,
        stands,
        gettext(source.connector.label) if known else source.connector_key,
        source.capabilities.icon if known else "circle-alert",
        gap,
        rejected,
        account,
    )


def sources_of(workspace: Workspace) -> QuerySet[Source]:
    """All of them, by name; without what no page shows."""
    return Source.objects.of(workspace).defer("cursor", "sealed_secrets", "sealed_earlier").order_by("name")


def rejected_of(source: Source) -> QuerySet[RawItem]:
    """Raw items that could not be understood."""
    return RawItem.objects.of(source.workspace_id).filter(source=source).exclude(rejected_because="")


@dataclass(frozen=True, slots=True)
class Rejected:
    """One raw item that could not be understood, with its first few thousand bytes as text."""

    id: int
    received_at: datetime
    reason: str
    start: str
    cut: bool


def rejected_page(source: Source, *, before: int | None) -> tuple[Sequence[Rejected], int | None]:
    """The newest rejected items, or those older than the id `before`; and where the next page begins."""
    items = rejected_of(source).defer("body")
    if before is not None:
        items = items.filter(pk__lt=before)
    start = Substr("body", 1, EXCERPT + 1, output_field=BinaryField())
    found = list(items.annotate(start=start).order_by("-pk")[: REJECTED_SHOWN + 1])
    page = [
        Rejected(
            item.pk,
            item.received_at,
            item.rejected_because,
            bytes(item.start)[:EXCERPT].decode("utf-8", errors="replace"),
            len(item.start) > EXCERPT,
        )
        for item in found[:REJECTED_SHOWN]
    ]
    return page, page[-1].id if len(found) > REJECTED_SHOWN else None
