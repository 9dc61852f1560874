"""What a day begins with: who waits, what is risky, what went wrong, where we don't hear, and who has how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from goodword.care.case_page import case_page, count_cases
from goodword.care.filters import NOBODY, CaseFilter, Sort, Trouble
from goodword.care.keyset import write_key
from goodword.care.listing import Row, rows
from goodword.care.models import Case, State
from goodword.listen.models import Gap, Source
from goodword.staff.models import Agent, Membership, Workspace
from goodword.web.rises import Risen, rises_of_the_day

LONG = timedelta(days=30)  # who has waited longer is counted, not listed: most of it is a past that was imported
SHOWN = 5  # cases of each list; the inbox has the rest
OPEN = CaseFilter(states=(State.OPEN,))
WAITING = CaseFilter(states=(State.OPEN,), sort=Sort.WAITING)


@dataclass(frozen=True, slots=True)
class Tally:
    """A number, and the query string of the inbox that shows what was counted."""

    label: str
    icon: str
    query: str
    count: int = 0
    alarm: bool = False  # stands out unless it is 0


@dataclass(frozen=True, slots=True)
class CaseList:
    """The first few cases under a filter; `none` is said when there are none."""

    title: str
    icon: str
    query: str
    rows: Sequence[Row]
    none: str
    older: int = 0  # cases left out, whose customers have waited longer than `LONG`


@dataclass(frozen=True, slots=True)
class Load:
    """How much one member has. `agent` is None for what nobody has."""

    agent: Agent | None
    open: int
    waiting: int
    longest: datetime | None  # since when the first of their customers has waited


@dataclass(frozen=True, slots=True)
class Today:
    """The page."""

    tallies: Sequence[Tally]
    lists: Sequence[CaseList]
    gaps: Sequence[Gap]
    rises: Sequence[Risen]
    load: Sequence[Load]
    simulated: bool  # whether customers of a demo are among those who are heard

    @property
    def most(self) -> int:
        """The largest load, for bars to be measured by."""
        return max((load.open for load in self.load), default=0) or 1


def read_today(workspace: Workspace, agent: Agent, *, now: datetime) -> Today:
    """As it stands at `now`."""
    return Today(
        tallies=_tallies(workspace, agent),
        lists=[
            CaseList(
                title,
                icon,
                chosen.query(),
                _first(chosen, workspace, agent, now),
                none,
                _older(workspace, now) if chosen == WAITING else 0,
            )
            for title, icon, chosen, none in _lists()
        ],
        gaps=list(Gap.objects.of(workspace).filter(until=None).select_related("source").order_by("since")),
        rises=rises_of_the_day(workspace, now=now),
        load=_load(workspace),
        simulated=Source.objects.of(workspace).filter(connector_key="simulator").exists(),
    )


def _lists() -> list[tuple[str, str, CaseFilter, str]]:
    disputed = CaseFilter(trouble=Trouble.DISPUTED)
    failed = CaseFilter(trouble=Trouble.FAILED)
    return [
        (_("Waiting longest"), "alarm-clock", WAITING, _("Nobody is waiting for an answer.")),
        (
            _("Riskiest"),
            "triangle-alert",
            CaseFilter(states=(State.OPEN,), sort=Sort.RISK),
            _("No open case carries a risk."),
        ),
        (_("Not solved, says the customer"), "thumbs-down", disputed, _("No resolution is disputed.")),
        (_("Replies that were not sent"), "circle-alert", failed, _("Every reply went out.")),
    ]


def _tallies(workspace: Workspace, agent: Agent) -> list[Tally]:
    live = sorted({source.channel for source in Source.objects.of(workspace) if source.capabilities.live})
    asked: list[tuple[str, str, CaseFilter, bool]] = [
        (_("need an answer"), "message-circle", WAITING, False),
        (
            _("of them nobody’s"),
            "users",
            CaseFilter(states=(State.OPEN,), assignee=NOBODY, sort=Sort.WAITING),
            False,
        ),
        (_("disputed"), "thumbs-down", CaseFilter(trouble=Trouble.DISPUTED), True),
        (_("replies not sent"), "circle-alert", CaseFilter(trouble=Trouble.FAILED), True),
        *(
            (
                _("waiting in %(channel)s") % {"channel": channel},
                "messages-square",
                CaseFilter(states=(State.OPEN,), channel=channel, sort=Sort.WAITING),
                True,
            )
            for channel in live
        ),
    ]
    counts = count_cases({f"n{n}": one[2] for n, one in enumerate(asked)}, workspace=workspace, agent=agent)
    return [
        Tally(label, icon, chosen.query(), counts[f"n{n}"], alarm)
        for n, (label, icon, chosen, alarm) in enumerate(asked)
    ]


def _first(chosen: CaseFilter, workspace: Workspace, agent: Agent, now: datetime) -> list[Row]:
    after = write_key((now - LONG, 0)) if chosen == WAITING else ""
    page = case_page(chosen, workspace=workspace, agent=agent, after=after, size=SHOWN)
    found = rows(page.ids, workspace=workspace, agent=agent, now=now)
    return [row for row in found if row.risk] if chosen.sort is Sort.RISK else found


def _older(workspace: Workspace, now: datetime) -> int:
    cases = Case.objects.of(workspace).standing()
    return cases.filter(state=State.OPEN, waiting_since__lte=now - LONG).count()


def _load(workspace: Workspace) -> list[Load]:
    waiting = Count("pk", filter=Q(waiting_since__isnull=False))
    counted: dict[int | None, tuple[int, int, datetime | None]] = {
        who: (open_, waiting_, longest)
        for who, open_, waiting_, longest in Case.objects.of(workspace)
        .standing()
        .filter(state=State.OPEN)
        .values("assignee")
        .annotate(open=Count("pk"), waiting=waiting, longest=Min("waiting_since"))
        .values_list("assignee", "open", "waiting", "longest")
    }
    members = Membership.objects.filter(workspace=workspace).select_related("agent").order_by("agent__name", "pk")
    everyone: dict[int | None, Agent | None] = {None: None, **{member.agent_id: member.agent for member in members}}
    everyone |= Agent.objects.in_bulk([pk for pk in counted if pk is not None and pk not in everyone])  # who has left
    return [Load(agent, *counted.get(who, (0, 0, None))) for who, agent in everyone.items()]
