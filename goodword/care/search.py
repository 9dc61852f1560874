"""Find cases by what was said in them and by what they are: newest words first, each case once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery as PostgresQuery
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.db.models.lookups import GreaterThan
from django.db.models.sql.compiler import SQLCompiler

from goodword.care.case_page import PAGE
from goodword.care.filters import CaseFilter, Sort, matching
from goodword.care.keyset import Key, Row, read_key, rows_after, write_key
from goodword.care.looked_for import LOOKED_AT, places_of
from goodword.care.models import Case, Message, SearchDocument
from goodword.care.private_data import IN_CASES
from goodword.care.search_names import named_in
from goodword.care.search_query import SearchQuery, parse_query
from goodword.language.excerpts import Piece, excerpt
from goodword.staff.models import Agent, Workspace

M = TypeVar("M", bound=Model)
_KINDS = (datetime, int)
_EXCERPT = 160  # characters


@dataclass(frozen=True, slots=True)
class Hit:
    """A case, and the newest message in it that holds the words; without words, none."""

    case_id: int
    message_id: int | None
    excerpt: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, where the next one begins (empty at the end), and what could not be looked for."""

    hits: Sequence[Hit]
    after: str
    problems: Sequence[str]

    @property
    def case_ids(self) -> list[int]:
        """Ids of the cases that were hit, in their order."""
        return [hit.case_id for hit in self.hits]


def find(
    text: str,
    *,
    workspace: Workspace,
    agent: Agent,
    within: CaseFilter | None = None,
    after: str = "",
    size: int = PAGE,
) -> Found:
    """Look for what was typed, among the cases that a filter of the inbox shows."""
    query = parse_query(text)
    names = named_in(query, workspace=workspace)
    problems = (*query.problems, *names.problems)
    if names.nobody:
        return Found([], "", problems)
    chosen = _narrowed(within or CaseFilter(), query, names.filter)
    cases = matching(chosen, workspace=workspace, agent=agent)
    if names.identities is not None:
        cases = cases.filter(identity_id__in=names.identities)
    if query.number is not None:
        cases = cases.filter(number=query.number)
    key = read_key(after, _KINDS)
    if not query.tsquery:
        return _newest_cases(_on_days(cases, "last_message_at", query, workspace), key, size, problems)
    everything = chosen == CaseFilter() and names.identities is None and query.number is None
    documents = _saying(query, workspace)
    if not everything:
        documents = documents.filter(case__in=cases.values("pk"))
    return _newest_words(documents, query, key, size, problems, workspace)


def _narrowed(within: CaseFilter, query: SearchQuery, named: CaseFilter) -> CaseFilter:
    """What was typed wins over what the inbox was filtered by."""
    return replace(
        within,
        states=query.states or within.states,
        priorities=query.priorities or within.priorities,
        unread=query.unread or within.unread,
        channel=query.channel or within.channel,
        assignee=named.assignee or within.assignee,
        team=named.team or within.team,
        labels=tuple({*named.labels, *within.labels}),
        q="",
        sort=Sort.NEWEST,
    )


def _newest_cases(cases: QuerySet[Case], key: Key | None, size: int, problems: Sequence[str]) -> Found:
    columns = ("last_message_at", "id")
    if key is not None:
        cases = rows_after(cases, columns, key)
    rows = list(cases.order_by("-last_message_at", "-id").values_list("last_message_at", "id", "snippet")[: size + 1])
    hits = [Hit(pk, None, _shown(snippet, ())) for _at, pk, snippet in rows[:size]]
    return Found(hits, write_key(rows[size - 1][:2]) if len(rows) > size else "", problems)


def _newest_words(
    documents: QuerySet[SearchDocument],
    query: SearchQuery,
    key: Key | None,
    size: int,
    problems: Sequence[str],
    workspace: Workspace,
) -> Found:
    """Newest first, and of each case only the newest message that matches."""
    columns = ("at", "message_id")
    same_case = _saying(query, workspace).filter(case=OuterRef("case"))
    newer = same_case.filter(GreaterThan(Row(*map(F, columns)), Row(*map(OuterRef, columns))))
    documents = documents.filter(~Exists(newer))
    if key is not None:
        documents = rows_after(documents, columns, key)
    rows = list(documents.order_by("-at", "-message_id").values_list("at", "message_id", "case_id")[: size + 1])
    said = Message.objects.select_related("mention").in_bulk([message_id for _at, message_id, _case in rows[:size]])
    hits = [
        Hit(case_id, message_id, _shown(said[message_id].words, query.looked_for))
        for _at, message_id, case_id in rows[:size]
    ]
    return Found(hits, write_key(rows[size - 1][:2]) if len(rows) > size else "", problems)


def _shown(words: str, looked_for: Sequence[str]) -> list[Piece]:
    """The part in which the words stand."""
    text = " ".join(words[:LOOKED_AT].split())
    return excerpt(text, places_of(text, looked_for), longest=_EXCERPT, kinds=IN_CASES)


class _Written(PostgresQuery):
    """A `tsquery` in its written form, taken as it is: no dictionary of the server's touches it."""

    def __init__(self, query: str) -> None:
        super().__init__(query, search_type="raw")
        self.written = query

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: object) -> tuple[str, list[str]]:  # type: ignore[override]
        """One cast."""
        return "%s::tsquery", [self.written]


def _saying(query: SearchQuery, workspace: Workspace) -> QuerySet[SearchDocument]:
    documents = SearchDocument.objects.of(workspace).filter(words=_Written(query.tsquery))
    return _on_days(documents, "at", query, workspace)


def _on_days(rows: QuerySet[M], column: str, query: SearchQuery, workspace: Workspace) -> QuerySet[M]:
    """Days begin at midnight in the workspace's zone."""
    zone = ZoneInfo(workspace.zone)
    if query.since is not None:
        rows = rows.filter(**{f"{column}__gte": datetime.combine(query.since, time(), zone)})
    if query.before is not None:
        rows = rows.filter(**{f"{column}__lt": datetime.combine(query.before, time(), zone)})
    return rows
