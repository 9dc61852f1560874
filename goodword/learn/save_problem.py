"""Open a problem, say what is known of it, close it, and link the cases that tell of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.models import Case
from goodword.kernel.facts import record
from goodword.learn.events import CasesLinked, ProblemClosed, ProblemSaved
from goodword.learn.models import Problem, ProblemCase
from goodword.staff.models import Agent, Workspace
from goodword.triage.models import Cause

LONGEST_ABOUT = 10_000  # characters


class BadProblem(Exception):
    """It has no usable title, or a cause that it can't have."""


@transaction.atomic
def save_problem(
    *,
    workspace: Workspace,
    problem: Problem | None = None,
    title: str,
    about: str,
    cause: Cause,
    by: Agent | None,
    now: datetime,
) -> Problem:
    """A new problem, or `problem` changed; one that was closed is open again. Raises `BadProblem`."""
    title = " ".join(title.replace("\x00", "").split())
    if not title or len(title) > 120:
        raise BadProblem(_("Give it a title of 1 to %(most)d characters.") % {"most": 120})
    if cause.workspace_id != workspace.pk:
        raise BadProblem(_("This cause belongs to another workspace. Choose one of this workspace."))
    kept = _lock(problem) if problem else Problem(workspace=workspace, opened_at=now, opened_by=by)
    if kept.pk and kept.cause_id != cause.pk and _is_compared(kept):
        says = _(
            "What was done is in place, and the complaints of its cause are compared: open another problem instead."
        )
        raise BadProblem(says)
    kept.title, kept.cause, kept.closed_at = title, cause, None
    kept.about = about.replace("\x00", "").strip()[:LONGEST_ABOUT]
    kept.save()
    fact = ProblemSaved(workspace_id=workspace.pk, problem_id=kept.pk, title=title)
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


def _is_compared(problem: Problem) -> bool:
    return problem.improvements.filter(in_place_at__isnull=False).exists()


@transaction.atomic
def close_problem(*, problem: Problem, by: Agent, now: datetime) -> Problem:
    """Nothing more is to be done. Closing twice closes once."""
    kept = _lock(problem)
    if kept.closed_at is None:
        kept.closed_at = now
        kept.save(update_fields=["closed_at"])
        record(ProblemClosed(workspace_id=kept.workspace_id, problem_id=kept.pk), now=now, actor_id=by.pk)
    return kept


@transaction.atomic
def link_cases(
    *,
    problem: Problem,
    add: Collection[Case] = (),
    remove: Collection[Case] = (),
    by: Agent | None,
    now: datetime,
) -> int:
    """Link cases to the problem and unlink others; how many were new. Those of other workspaces are left out."""
    links = ProblemCase.objects.of(problem.workspace_id).filter(problem=_lock(problem))
    linked = set(links.values_list("case_id", flat=True))
    added = sorted({case.pk for case in add if case.workspace_id == problem.workspace_id} - linked)
    removed = sorted({case.pk for case in remove} & linked)
    links.filter(case__in=removed).delete()
    ProblemCase.objects.bulk_create(
        [ProblemCase(workspace_id=problem.workspace_id, problem=problem, case_id=pk, linked_at=now) for pk in added]
    )
    if added or removed:
        fact = CasesLinked(workspace_id=problem.workspace_id, problem_id=problem.pk, added=added, removed=removed)
        record(fact, now=now, actor_id=by.pk if by else None)
    return len(added)


def _lock(problem: Problem) -> Problem:
    return Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
