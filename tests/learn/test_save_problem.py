from __future__ import annotations

import pytest

from goodword.care.record_cause import record_cause
from goodword.learn.models import ProblemCase
from goodword.learn.reactions import learn_of_cause
from goodword.learn.save_problem import BadProblem, close_problem, link_cases, save_problem
from goodword.triage.models import Cause
from tests.care.world import World, at
from tests.learn.world import Learning


def linked(learning: Learning) -> set[int]:
    return set(ProblemCase.objects.filter(problem=learning.problem).values_list("case", flat=True))


def test_cases_are_linked_once_and_can_be_taken_out(learning: Learning) -> None:
    one, two = learning.world.case(), learning.world.case()
    assert link_cases(problem=learning.problem, add=[one, two], by=learning.ana, now=at(0)) == 2
    assert link_cases(problem=learning.problem, add=[one], by=learning.ana, now=at(0)) == 0
    link_cases(problem=learning.problem, remove=[one], by=learning.ana, now=at(1))
    assert linked(learning) == {two.pk}
    assert learning.world.facts().count("CasesLinked") == 2


def test_cases_of_another_workspace_are_left_out(learning: Learning) -> None:
    assert link_cases(problem=learning.problem, add=[World("other").case()], by=None, now=at(0)) == 0
    assert linked(learning) == set()


def test_a_case_with_the_cause_is_linked_by_itself_where_one_problem_is_open(learning: Learning) -> None:
    case, other = learning.world.case(), learning.world.case()

    def said(case: object) -> None:
        learn_of_cause(workspace_id=learning.world.workspace.pk, case_id=case.pk, cause_id=learning.cause.pk)

    record_cause(case=case, by=learning.ana, cause=learning.cause, now=at(1))
    for _ in range(2):
        said(case)
    assert linked(learning) == {case.pk}
    save_problem(
        workspace=learning.world.workspace, title="Another", about="", cause=learning.cause, by=None, now=at(2)
    )
    record_cause(case=other, by=learning.ana, cause=learning.cause, now=at(3))
    said(other)
    assert linked(learning) == {case.pk}


def test_a_closed_problem_is_open_again_once_it_is_saved(learning: Learning) -> None:
    close_problem(problem=learning.problem, by=learning.ana, now=at(1))
    assert close_problem(problem=learning.problem, by=learning.ana, now=at(2)).closed_at == at(1)
    kept = save_problem(
        workspace=learning.world.workspace,
        problem=learning.problem,
        title="Late",
        about="x",
        cause=learning.cause,
        by=None,
        now=at(3),
    )
    assert (kept.closed_at, kept.title) == (None, "Late")


@pytest.mark.parametrize("title", ["", " \x00", "x" * 121])
def test_a_problem_without_a_title_is_refused(learning: Learning, title: str) -> None:
    with pytest.raises(BadProblem):
        save_problem(
            workspace=learning.world.workspace, title=title, about="", cause=learning.cause, by=None, now=at(0)
        )


def test_a_cause_of_another_workspace_is_refused(learning: Learning) -> None:
    other = Learning(World("other"))
    with pytest.raises(BadProblem):
        save_problem(workspace=learning.world.workspace, title="x", about="", cause=other.cause, by=None, now=at(0))
    assert Cause.objects.of(other.world.workspace).count() == 1
