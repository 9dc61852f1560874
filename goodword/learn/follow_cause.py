"""Link a case to the problem of its cause, where it is plain which one that is."""

from __future__ import annotations

from datetime import datetime

from goodword.care.models import Case
from goodword.learn.models import Problem
from goodword.learn.save_problem import link_cases


def follow_cause(*, case: Case, now: datetime) -> None:
    """One open problem with the case's cause gets the case; of several, a person chooses."""
    if case.cause_id is None:
        return
    problems = list(Problem.objects.of(case.workspace_id).filter(cause=case.cause_id, closed_at=None)[:2])
    if len(problems) == 1:
        link_cases(problem=problems[0], add=[case], by=None, now=now)
