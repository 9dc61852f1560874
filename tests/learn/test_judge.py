from __future__ import annotations

from datetime import timedelta

import pytest

from goodword.care.models import Case
from goodword.kernel.models import FactRow
from goodword.learn.evidence import gather, kept_evidence
from goodword.learn.improve import BadPlan, put_in_place, save_improvement, take_out
from goodword.learn.judge import judge_due, look_for_returns
from goodword.learn.models import Improvement
from goodword.learn.models.improvement import Stage
from goodword.learn.save_problem import BadProblem, close_problem, save_problem
from goodword.staff.models import Notice, Role
from goodword.triage.models import Cause
from tests.care.world import World, at
from tests.learn.world import DAY, START, Learning

LIVE = at(START)


def after(days: float) -> object:
    return at(START + days * DAY)


def fresh(learning: Learning) -> Improvement:
    return Improvement.objects.get(pk=learning.improvement.pk)


def in_place(learning: Learning) -> None:
    put_in_place(improvement=learning.improvement, at=LIVE, by=learning.ana, now=LIVE)


def fixed(learning: Learning) -> None:
    learning.complaints(8, day=-10)
    learning.chatter(50, day=-10)
    learning.chatter(50, day=10)
    in_place(learning)
    assert judge_due(now=after(28)) == 1
    assert fresh(learning).stage == Stage.FIXED


def test_a_fix_counts_only_when_its_days_are_over_and_the_complaints_stopped(learning: Learning) -> None:
    learning.complaints(8, day=-10)
    learning.chatter(50, day=-10)
    learning.chatter(50, day=10)
    in_place(learning)
    assert judge_due(now=after(27.9)) == 0
    assert fresh(learning).stage == Stage.WATCHED
    assert [judge_due(now=after(28)) for _ in range(2)] == [1, 0]
    kept = fresh(learning)
    assert (kept.stage, kept.judged_at) == (Stage.FIXED, after(28))
    evidence = kept_evidence(kept.evidence)
    assert evidence is not None
    assert (evidence.before.complaints, evidence.after.complaints) == (8, 0)
    assert (evidence.before.mentions, evidence.after.mentions) == (58, 50)
    assert evidence.change is not None
    assert evidence.change.high < 1
    assert Notice.objects.get(kind=Notice.Kind.LEARNED).agent == learning.ana


def test_complaints_that_go_on_leave_it_unproven(learning: Learning) -> None:
    for day in (-10, 10):
        learning.complaints(5, day=day)
        learning.chatter(50, day=day)
    in_place(learning)
    judge_due(now=after(28))
    assert fresh(learning).stage == Stage.UNPROVEN


def test_silence_after_few_complaints_proves_nothing(learning: Learning) -> None:
    learning.complaints(3, day=-10)
    learning.chatter(50, day=-10)
    learning.chatter(50, day=10)
    in_place(learning)
    judge_due(now=after(28))
    assert fresh(learning).stage == Stage.UNPROVEN


def test_a_cause_does_not_rest_because_nobody_names_causes(learning: Learning) -> None:
    """As many cases before and after, but after the fix hardly any was given a cause."""
    learning.complaints(8, day=-10)
    learning.chatter(50, day=-10)
    learning.chatter(50, day=10)
    for _ in range(8):
        learning.world.case(when=START + 10 * DAY)
    in_place(learning)
    judge_due(now=after(28))
    assert fresh(learning).stage == Stage.UNPROVEN


def test_what_comes_back_is_opened_again_by_itself_and_tells_owner_and_leads(learning: Learning) -> None:
    lead = learning.world.agent("Lee", Role.LEAD)
    fixed(learning)
    close_problem(problem=learning.problem, by=learning.ana, now=after(29))
    learning.chatter(10, day=39)
    learning.complaints(2, day=39)
    assert look_for_returns(now=after(40)) == 0
    learning.complaints(4, day=39.5)
    assert [look_for_returns(now=after(40)) for _ in range(2)] == [1, 0]
    kept = fresh(learning)
    assert (kept.stage, kept.times_back) == (Stage.BACK, 1)
    assert kept.problem.closed_at is None
    told = Notice.objects.filter(kind=Notice.Kind.LEARNED, at=after(40)).values_list("agent", flat=True)
    assert set(told) == {learning.ana.pk, lead.pk}
    assert FactRow.objects.filter(kind="CauseCameBack").count() == 1


def test_only_the_cause_that_came_back_is_opened_again(learning: Learning) -> None:
    fixed(learning)
    other = Cause.objects.create(workspace=learning.world.workspace, area=learning.cause.area, name="Torn box")
    learning.complaints(9, day=39, cause=other)
    workspace = learning.world.workspace.pk
    assert look_for_returns(workspace_id=workspace, cause_id=other.pk, now=after(40)) == 0
    assert look_for_returns(workspace_id=workspace, cause_id=learning.cause.pk, now=after(40)) == 0


def test_complaints_of_other_workspaces_count_nowhere_else(learning: Learning) -> None:
    other = Learning(World("other"))
    other.complaints(9, day=-3)
    other.chatter(9, day=-3)
    in_place(learning)
    evidence = gather(fresh(learning), now=after(1))
    assert evidence is not None
    assert (evidence.before.complaints, evidence.before.mentions) == (0, 0)


def test_a_merged_case_is_one_complaint(learning: Learning) -> None:
    one, other = learning.complaints(2, day=-3)
    Case.objects.filter(pk=other.pk).update(merged_into=one)
    in_place(learning)
    evidence = gather(fresh(learning), now=after(1))
    assert evidence is not None
    assert evidence.before.complaints == 1


def put(learning: Learning, day: float, *, now: float) -> Improvement:
    return put_in_place(improvement=learning.improvement, at=after(day), by=learning.ana, now=after(now))


def test_since_when_it_is_in_place_is_said_once(learning: Learning) -> None:
    fixed(learning)
    with pytest.raises(BadPlan, match="in place already"):
        put(learning, -20, now=29)
    take_out(improvement=learning.improvement, by=learning.ana, now=after(41))
    assert (fresh(learning).stage, fresh(learning).in_place_at) == (Stage.PLANNED, None)
    with pytest.raises(BadPlan, match="open again since"):
        put(learning, 0, now=42)
    take_out(improvement=learning.improvement, by=learning.ana, now=after(43))  # it is out: nothing to take out
    kept = put(learning, 41, now=43)
    assert (kept.stage, kept.evidence, kept.watched_until) == (Stage.WATCHED, None, after(69))
    said = FactRow.objects.filter(kind="ImprovementInPlace").order_by("id").values_list("data__since", flat=True)
    assert list(said) == [LIVE.isoformat(), None, after(41).isoformat()]


def test_what_came_back_is_not_in_place_since_before_it_did(learning: Learning) -> None:
    fixed(learning)
    learning.chatter(10, day=39)
    learning.complaints(6, day=39)
    look_for_returns(now=after(40))
    with pytest.raises(BadPlan, match="open again since"):
        put(learning, 39.9, now=41)
    kept = put(learning, 40, now=41)
    assert (kept.stage, kept.times_back, kept.in_place_said_at) == (Stage.WATCHED, 1, after(41))


def test_the_cause_that_is_compared_stays(learning: Learning) -> None:
    other = Cause.objects.create(workspace=learning.world.workspace, area=learning.cause.area, name="Torn box")
    plan = {"problem": learning.problem, "title": "Late", "about": "", "by": None, "now": LIVE}
    save_problem(workspace=learning.world.workspace, cause=other, **plan)
    in_place(learning)
    with pytest.raises(BadProblem, match="another problem"):
        save_problem(workspace=learning.world.workspace, cause=learning.cause, **plan)
    save_problem(workspace=learning.world.workspace, cause=other, **plan)


def test_what_is_to_come_is_not_in_place(learning: Learning) -> None:
    with pytest.raises(BadPlan):
        put_in_place(improvement=learning.improvement, at=LIVE + timedelta(minutes=1), by=learning.ana, now=LIVE)


@pytest.mark.parametrize(("changed", "field"), [({"what": " "}, "what"), ({"days": 6}, "days"), ({"days": 91}, "days")])
def test_a_plan_that_can_not_be_is_refused(learning: Learning, changed: dict[str, object], field: str) -> None:
    plan = {"what": "A courier", "owner": learning.ana, "due_on": LIVE.date(), "days": 28} | changed
    with pytest.raises(BadPlan) as refused:
        save_improvement(problem=learning.problem, by=learning.ana, now=LIVE, **plan)
    assert refused.value.field == field


def test_the_owner_is_a_member(learning: Learning) -> None:
    stranger = World("other").agent("Sam")
    with pytest.raises(BadPlan):
        save_improvement(
            problem=learning.problem, what="A courier", owner=stranger, due_on=LIVE.date(), by=None, now=LIVE
        )


def test_who_sees_the_complaints_does_not_choose_the_days(learning: Learning) -> None:
    in_place(learning)
    plan = {"what": "Another courier", "owner": learning.ana, "due_on": LIVE.date()}
    with pytest.raises(BadPlan):
        save_improvement(problem=learning.problem, improvement=learning.improvement, days=14, by=None, now=LIVE, **plan)
    save_improvement(problem=learning.problem, improvement=learning.improvement, days=28, by=None, now=LIVE, **plan)
