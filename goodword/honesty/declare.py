"""Declare what the house says of a matter, and withdraw it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.honesty.events import StatementDeclared, StatementWithdrawn
from goodword.honesty.models import Statement
from goodword.kernel import facts
from goodword.language.searches import parse
from goodword.staff.models import Agent, Workspace


@transaction.atomic
def declare_statement(
    *,
    workspace: Workspace,
    words: str,
    about: str,
    denies: str,
    until: datetime | None = None,
    declared_for: str = "",
    by: Agent | None,
    now: datetime,
) -> Statement:
    """From now on no reply about the matter may say what is denied. `about` and `denies` are searches.

    A room above names what it declares for ("incident:7"), and withdraws by it. Raises `SearchError`.
    """
    for search in (about, denies):
        parse(search)
    statement = Statement.objects.create(
        workspace=workspace,
        words=words.strip(),
        about=about,
        denies=denies,
        since=now,
        until=until,
        declared_by=by,
        declared_for=declared_for,
    )
    fact = StatementDeclared(workspace_id=workspace.pk, statement_id=statement.pk)
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return statement


@transaction.atomic
def withdraw_statement(*, statement: Statement, by: Agent | None, now: datetime) -> Statement:
    """It is in force no more; withdrawing twice does it once."""
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.withdrawn_at is None:
        statement.withdrawn_at = now
        statement.save(update_fields=["withdrawn_at"])
        fact = StatementWithdrawn(workspace_id=statement.workspace_id, statement_id=statement.pk)
        facts.record(fact, now=now, actor_id=by.pk if by else None)
    return statement
