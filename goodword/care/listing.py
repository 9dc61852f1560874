"""A page of the inbox's list: rows with all they show, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from goodword.care.models import Case, CaseSeen
from goodword.staff.models import Agent


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the list shows it."""

    case: Case
    unread: bool
    icon: str  # of the channel
    name: str  # of the customer
    overdue: bool


def rows(cases: QuerySet[Case] | list[Case], *, agent: Agent, now: datetime) -> list[Row]:
    """Rows for these cases. A list is taken as it is, and must have come by `with_all_they_show`."""
    found = list(cases)
    seen = dict(
        CaseSeen.objects.filter(case__in=[case.pk for case in found], agent=agent).values_list(
            "case_id", "last_message_id"
        )
    )
    return [
        Row(
            case=case,
            unread=seen.get(case.pk, 0) < case.last_inbound_id,
            icon=case.source.capabilities.icon,
            name=case.identity.person.name or case.identity.display_name,
            overdue=case.is_overdue(now),
        )
        for case in found
    ]


def with_all_they_show(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Join what a row shows."""
    return (
        cases.select_related("identity__person", "assignee", "source")
        .defer("source__cursor", "source__sealed_secrets", "identity__person__about")
        .prefetch_related("labels")
    )
