"""A page of the inbox's list: rows with all they show, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goodword.care.models import Case, CaseSeen, Priority, State
from goodword.staff.models import Agent
from goodword.ui.templatetags.ui import until

HIGH_RISK, RAISED_RISK = 60, 30
LABELS = 2  # of a case; the others stand beside its conversation


@dataclass(frozen=True, slots=True)
class Badge:
    """One thing that is so about a case. `look` is a class of the badge: danger, warn, good, info, or plain."""

    look: str
    icon: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the list shows it. Flat, and put into words here: forty of them are drawn for each page."""

    case: Case
    pk: int
    number: int
    name: str  # of the customer
    icon: str  # of the channel
    subject: str
    at: datetime
    unread: bool
    overdue: bool
    badges: list[Badge]


def rows(cases: Iterable[Case], *, agent: Agent, now: datetime) -> list[Row]:
    """Rows for these cases, which must have come by `with_all_they_show`."""
    found = list(cases)
    seen = dict(
        CaseSeen.objects.filter(case__in=[case.pk for case in found], agent=agent).values_list(
            "case_id", "last_message_id"
        )
    )
    return [
        Row(
            case=case,
            pk=case.pk,
            number=case.number,
            name=case.identity.person.name or case.identity.display_name,
            icon=case.source.capabilities.icon,
            subject=case.subject or case.snippet,
            at=case.last_message_at,
            unread=seen.get(case.pk, 0) < case.last_inbound_id,
            overdue=case.is_overdue(now),
            badges=list(_badges(case, agent, now)),
        )
        for case in found
    ]


def _badges(case: Case, agent: Agent, now: datetime) -> Iterator[Badge]:
    if case.is_overdue(now):
        yield Badge("danger", "clock-alert", _("Overdue"))
    elif case.next_due_at is not None:
        yield Badge("warn", "clock-alert", until(case.next_due_at, now))
    if case.priority == Priority.URGENT:
        yield Badge("danger", "flag", _("Urgent"))
    elif case.priority == Priority.HIGH:
        yield Badge("warn", "flag", _("High"))
    if case.risk >= RAISED_RISK:
        look = "danger" if case.risk >= HIGH_RISK else "warn"
        yield Badge(look, "triangle-alert", _("Risk %(n)d") % {"n": case.risk}, case.risk_sentence)
    if case.state == State.SNOOZED and case.snoozed_until is not None:
        yield Badge("info", "moon", until(case.snoozed_until, now))
    elif case.state == State.PENDING:
        yield Badge("", "", _("Waiting"))
    elif case.state == State.RESOLVED:
        yield Badge("good", "check", _("Resolved"))
    for label in list(case.labels.all())[:LABELS]:
        yield Badge("", "", label.name)
    if case.assignee is not None and case.assignee != agent:
        yield Badge("", "", case.assignee.first_name)


def with_all_they_show(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Join what a row shows."""
    return (
        cases.select_related("identity__person", "assignee", "source")
        .defer("source__cursor", "source__sealed_secrets", "identity__person__about")
        .prefetch_related("labels")
    )
