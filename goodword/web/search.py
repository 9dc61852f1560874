"""What the page of a search shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from goodword.care.listing import Row, rows
from goodword.care.search import find
from goodword.language.excerpts import Piece
from goodword.staff.models import Agent, Workspace


@dataclass(frozen=True, slots=True)
class Result:
    """A case as lists show it, and where in it the words stand."""

    row: Row
    excerpt: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results, where the next begins (empty at the end), and what could not be looked for."""

    found: Sequence[Result]
    after: str
    problems: Sequence[str]


def search(text: str, *, workspace: Workspace, agent: Agent, after: str, now: datetime) -> Results:
    """Look for what was typed, over all cases."""
    found = find(text, workspace=workspace, agent=agent, after=after)
    shown = rows(found.case_ids, workspace=workspace, agent=agent, now=now)
    by_case = {row.pk: row for row in shown}
    results = [Result(by_case[hit.case_id], hit.excerpt) for hit in found.hits if hit.case_id in by_case]
    return Results(results, found.after, found.problems)


def examples() -> Sequence[tuple[str, str]]:
    """What can be typed, and what it finds."""
    return (
        ("refund", _("the word, in anything that was said")),
        ('"charged twice"', _("these words, one after the other")),
        ("refun*", _("words that begin so")),
        ("parcel -delivered", _("with the one word and without the other")),
        ("is:open", _("open, pending, snoozed, resolved, unread or unassigned")),
        ("assignee:me", _("mine; or somebody else’s name; or none")),
        ("label:Billing team:Orders", _("of a label, of a team")),
        ("priority:high channel:email", _("of a priority, of a channel")),
        ("from:mara", _("what a customer wrote, by name, @handle or address")),
        ("since:2026-01-31 before:2026-03-01", _("said between two days")),
        ("case:42", _("the case of this number")),
    )
