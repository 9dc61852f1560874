"""A page of the inbox, and how many more there are beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from goodword.care.filters import CaseFilter, Sort, matching
from goodword.care.keyset import Key, read_key, rows_after, write_key
from goodword.care.models import Case, State
from goodword.staff.models import Agent, Workspace

PAGE = 40
COUNTED = 99  # beyond, a list has "99+"


@dataclass(frozen=True, slots=True)
class Order:
    """The columns that a list is sorted by; all of them the same way, so that one index serves it."""

    columns: tuple[str, ...]
    kinds: tuple[type[int] | type[datetime], ...]
    ascending: bool = False

    @property
    def by(self) -> list[str]:
        """As `order_by` takes it."""
        return [column if self.ascending else f"-{column}" for column in self.columns]


ORDERS: Mapping[Sort, Order] = {
    Sort.NEWEST: Order(("last_message_at", "id"), (datetime, int)),
    Sort.WAITING: Order(("waiting_since", "id"), (datetime, int), ascending=True),
    Sort.DUE: Order(("next_due_at", "id"), (datetime, int), ascending=True),
    Sort.RISK: Order(("risk", "last_message_at", "id"), (int, datetime, int)),
}


@dataclass(frozen=True, slots=True)
class CasePage:
    """Ids of cases in their order, and where the next page begins: for `after`, or empty at the end."""

    ids: Sequence[int]
    after: str


def case_page(chosen: CaseFilter, *, workspace: Workspace, agent: Agent, after: str = "", size: int = PAGE) -> CasePage:
    """The cases under a filter, from `after` on."""
    order = ORDERS[chosen.sort]
    key = read_key(after, order.kinds)
    branches = [
        _branch(matching(chosen, workspace=workspace, agent=agent, in_state=state), order, key, size + 1)
        for state in _read_apart(chosen)
    ]
    found = branches[0]
    if len(branches) > 1:
        found = found.union(*branches[1:], all=True).order_by(*order.by)[: size + 1]
    rows = list(found)
    more = len(rows) > size
    return CasePage([cast(int, row[-1]) for row in rows[:size]], write_key(rows[size - 1]) if more else "")


def count_cases(
    filters: Mapping[str, CaseFilter], *, workspace: Workspace, agent: Agent, most: int = COUNTED
) -> dict[str, int]:
    """How many cases each filter shows, up to one more than `most`: counts that stop early cost next to nothing.

    One statement for all of them.
    """
    counts: dict[str, int] = dict.fromkeys(filters, 0)
    selects: dict[str, str] = {}
    params: list[Any] = []
    for name, chosen in filters.items():
        with suppress(EmptyResultSet):  # e.g. of my teams, where I have none
            some = matching(chosen, workspace=workspace, agent=agent).values("pk")[: most + 1]
            sql, given = some.query.sql_with_params()
            selects[name] = f"(SELECT count(*) FROM ({sql}) counted)"  # noqa: S608  # Django's own SQL
            params += given
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(selects.values())}", params)
            counts |= zip(selects, cursor.fetchone(), strict=True)
    return counts


def _read_apart(chosen: CaseFilter) -> Sequence[State | None]:
    """The states whose cases are read one by one: an index is in order within one state only."""
    if chosen.sort in (Sort.WAITING, Sort.DUE):
        return [None]
    if chosen.sort is Sort.RISK:
        return chosen.states or list(State)
    return chosen.states or [None]


def _branch(
    cases: QuerySet[Case], order: Order, key: Key | None, size: int
) -> QuerySet[Case, tuple[int | datetime, ...]]:
    if key is not None:
        cases = rows_after(cases, order.columns, key, ascending=order.ascending)
    return cases.order_by(*order.by).values_list(*order.columns)[:size]
