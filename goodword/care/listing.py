"""A page of the inbox's list: rows with all they show, in three queries however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.care.models import Case, CaseSeen, Label, Priority, State
from goodword.care.models.case import is_overdue
from goodword.care.private_data import IN_CASES, masked
from goodword.listen.models import Source
from goodword.people.models.identity import display_name
from goodword.staff.models import Agent, Workspace
from goodword.triage.reasons import sentence
from goodword.triage.risk import Part
from goodword.ui.templatetags.ui import until

HIGH_RISK, RAISED_RISK = 60, 30
LABELS = 2  # of a case; the others stand beside its conversation


class Listed(NamedTuple):
    """What is read of a case for its row: values, for forty models with what they point to would take half the page."""

    pk: int
    number: int
    source_id: int
    subject: str
    snippet: str
    last_message_at: datetime
    last_inbound_id: int
    waiting_since: datetime | None
    next_due_at: datetime | None
    snoozed_until: datetime | None
    state: str
    priority: int
    risk: int
    risk_parts: list[dict[str, Any]]
    assignee_id: int | None
    assignee_name: str | None
    person_name: str
    identity_name: str
    handle: str
    native_id: str
    label_names: list[str] | None
    seen_id: int


_COLUMNS = (
    *Listed._fields[: Listed._fields.index("assignee_name")],
    "assignee__name",
    "identity__person__name",
    "identity__name",
    "identity__handle",
    "identity__native_id",
)


@dataclass(frozen=True, slots=True)
class Badge:
    """One thing that is so about a case. `look` is a class of the badge: danger, warn, good, info, or plain."""

    look: str
    icon: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A case as lists show it. Flat, and put into words here: forty of them are drawn for each page."""

    pk: int
    number: int
    url: str
    name: str  # of the customer
    icon: str  # of the channel
    subject: str
    at: datetime
    waiting_since: datetime | None
    risk: int
    unread: bool
    overdue: bool
    badges: list[Badge]


def rows(ids: Sequence[int], *, workspace: Workspace, agent: Agent, now: datetime) -> list[Row]:
    """Rows for the cases of these ids that are of the workspace, in this order."""
    found = {one.pk: one for one in _read(ids, workspace, agent)} if ids else {}
    wanted = {one.source_id for one in found.values()}
    sources = Source.objects.of(workspace).filter(pk__in=wanted).only("connector_key", "settings", "learned")
    icons = {source.pk: source.capabilities.icon for source in (sources if wanted else ())}
    url = reverse("care:case", args=[workspace.slug, 0]).replace("/0/", "/%d/")  # resolved once, not for each row
    shown = (found[pk] for pk in ids if pk in found)
    return [_row(one, icons[one.source_id], url % one.number, agent, now) for one in shown]


def _read(ids: Sequence[int], workspace: Workspace, agent: Agent) -> list[Listed]:
    seen = CaseSeen.objects.of(workspace).filter(case=OuterRef("pk"), agent=agent).values("last_message_id")
    labels = Label.objects.filter(cases=OuterRef("pk")).order_by().values("cases")
    named = labels.annotate(names=ArrayAgg("name", order_by="name")).values("names")
    cases = (
        Case.objects.of(workspace)
        .filter(pk__in=ids)
        .values_list(*_COLUMNS, Subquery(named), Coalesce(Subquery(seen), 0))
    )
    return [Listed(*case) for case in cases]


def _row(case: Listed, icon: str, url: str, agent: Agent, now: datetime) -> Row:
    return Row(
        pk=case.pk,
        number=case.number,
        url=url,
        name=case.person_name or display_name(case.identity_name, case.handle, case.native_id),
        icon=icon,
        subject=masked(case.subject or case.snippet, kinds=IN_CASES),
        at=case.last_message_at,
        waiting_since=case.waiting_since,
        risk=case.risk,
        unread=case.seen_id < case.last_inbound_id,
        overdue=is_overdue(case.next_due_at, now),
        badges=list(_badges(case, agent, now)),
    )


def _badges(case: Listed, agent: Agent, now: datetime) -> Iterator[Badge]:
    if case.next_due_at is not None:
        overdue = is_overdue(case.next_due_at, now)
        look, text = ("danger", _("Overdue")) if overdue else ("warn", until(case.next_due_at, now))
        yield Badge(look, "clock-alert", text)
    if case.priority == Priority.URGENT:
        yield Badge("danger", "flag", _("Urgent"))
    elif case.priority == Priority.HIGH:
        yield Badge("warn", "flag", _("High"))
    if case.risk >= RAISED_RISK:
        look = "danger" if case.risk >= HIGH_RISK else "warn"
        because = sentence(Part(**part).because for part in case.risk_parts)
        yield Badge(look, "triangle-alert", _("Risk %(n)d") % {"n": case.risk}, because)
    if case.state == State.SNOOZED and case.snoozed_until is not None:
        yield Badge("info", "moon", until(case.snoozed_until, now))
    elif case.state == State.PENDING:
        yield Badge("", "", _("Waiting"))
    elif case.state == State.RESOLVED:
        yield Badge("good", "check", _("Resolved"))
    for name in (case.label_names or [])[:LABELS]:
        yield Badge("", "", name)
    if case.assignee_id is not None and case.assignee_id != agent.pk:
        yield Badge("", "", (case.assignee_name or "").split(" ")[0])
