"""Rules in the tables: set off once by what happens, in order, never by themselves, and off when they fail."""

from __future__ import annotations

from typing import Any

import pytest

from goodword.care.assign import assign_case
from goodword.care.events import CaseOpened, MessageReceived
from goodword.care.label import label_case
from goodword.care.models import Case, MessageKind, Priority
from goodword.care.prioritise import set_priority
from goodword.kernel import facts
from goodword.process.models import Rule, RuleRun
from goodword.process.read_actions import WrittenAction, write_action
from goodword.process.rehearse_rule import rehearse_rule
from goodword.process.rules.condition import Condition
from goodword.process.run_rules import MOST_AN_HOUR, MOST_FAULTS, run_rules
from goodword.process.write_rules import BadRule, WrittenRule, delete_rule, move_rule, save_rule, switch_rule
from goodword.staff.models import Notice, Role
from goodword.staff.teams import delete_team
from tests.care.world import World, at, fresh

pytestmark = pytest.mark.django_db


def rule(world: World, name: str, when: str, *does: str | WrittenAction, on: bool = True, **condition: Any) -> Rule:
    written = WrittenRule(
        name=name,
        when=when,
        condition=Condition(**condition),
        actions=[each if isinstance(each, WrittenAction) else WrittenAction(each) for each in does],
    )
    kept = save_rule(workspace=world.workspace, written=written, by=None, now=at(-9))
    return switch_rule(rule=kept, on=on, by=None, now=at(-9))


def opened(case: Case, minute: float = 0) -> Case:
    facts.record(CaseOpened(workspace_id=case.workspace_id, case_id=case.pk), now=at(minute))
    return case


def run(*cases: Case, minute: float = 1) -> int:
    return run_rules(workspace_id=cases[0].workspace_id, case_ids=[case.pk for case in cases], now=at(minute))


def labels(case: Case) -> set[str]:
    return set(case.labels.values_list("name", flat=True))


def test_what_happens_is_answered_once_and_told(world: World) -> None:
    label = world.label("billing")
    rule(world, "Sort", "opened", f"add_label:{label.pk}", words=("refund",))
    case, other = opened(world.case("I want to be refunded")), opened(world.case("Hello"))
    assert run(case, other) == 1
    assert (labels(case), labels(other)) == ({"billing"}, set())
    assert world.facts(case) == ["CaseOpened", "CaseLabelled", "RuleApplied"]
    label_case(case=case, by=world.agent(), remove=[label], now=at(2))
    assert run(case, minute=3) == 0  # a person's word stands
    assert labels(case) == set()


def test_it_is_off_until_switched_on_and_leaves_what_was_before(world: World) -> None:
    kept = rule(world, "Up", "opened", "priority:4", on=False)
    case = opened(world.case())
    assert run(case) == 0
    switch_rule(rule=kept, on=True, by=None, now=at(2))
    assert run(case, minute=3) == 0
    later = opened(world.case(when=4), 4)
    assert run(later, minute=5) == 1
    assert fresh(later).priority == Priority.URGENT


def test_a_condition_that_comes_true_later_is_too_late(world: World) -> None:
    label = world.label()
    rule(world, "Up", "opened", "priority:4", labels=(label.pk,))
    case = opened(world.case())
    assert run(case) == 0
    label_case(case=case, by=world.agent(), add=[label], now=at(2))
    assert run(case, minute=3) == 0
    assert fresh(case).priority == Priority.NONE


def test_rules_go_in_their_order_and_see_what_the_one_before_did(world: World) -> None:
    first, second = world.label("first"), world.label("second")
    last = rule(world, "B", "opened", f"add_label:{second.pk}", labels=(first.pk,))
    rule(world, "A", "opened", f"add_label:{first.pk}")
    assert run(opened(world.case())) == 1
    move_rule(rule=last, up=False, by=None, now=at(2))
    case = opened(world.case(when=3), 3)
    assert run(case, minute=4) == 2
    assert labels(case) == {"first", "second"}


def test_everything_that_can_be_done(world: World) -> None:
    team, ben, lea = world.team("Billing"), world.agent("Ben"), world.agent("Lea", Role.LEAD)
    team.memberships.create(workspace=world.workspace, agent=ben)
    old, new = world.label("old"), world.label("new")
    rule(
        world, "All", "opened", f"team:{team.pk}", f"person:{ben.pk}", f"add_label:{new.pk}", f"remove_label:{old.pk}",
        "priority:3", WrittenAction("note", "Look at @Lea's list"), WrittenAction("tell:leads", "A new one"),
        WrittenAction("snooze", "2 h"),
    )  # fmt: skip
    case = world.case()
    case.labels.add(old)
    run(opened(case))
    case = fresh(case)
    assert (case.team, case.assignee, labels(case), case.priority, case.state) == (team, ben, {"new"}, 3, "snoozed")
    assert case.messages.get(kind=MessageKind.NOTE).agent is None
    assert set(lea.notices.values_list("kind", flat=True)) == {Notice.Kind.RULE, Notice.Kind.MENTIONED}
    assert len(RuleRun.objects.get().did) == 8


def test_who_is_of_the_team_keeps_the_case(world: World) -> None:
    team, ana, ben = world.team(), world.agent("Ana"), world.agent("Ben")
    team.memberships.create(workspace=world.workspace, agent=ana)
    rule(world, "Team", "opened", f"team:{team.pk}")
    cases = [opened(world.case(assignee=agent)) for agent in (ana, ben)]
    run(*cases)
    assert [(fresh(case).assignee, fresh(case).team) for case in cases] == [(ana, team), (None, team)]


def test_a_rule_may_set_off_another_but_never_itself(world: World) -> None:
    label = world.label()
    rule(world, "Up", "prioritised", "priority:4")
    rule(world, "Mark", "prioritised", f"add_label:{label.pk}", priorities=(4,))
    case = world.case()
    set_priority(case=case, by=world.agent(), priority=Priority.LOW, now=at(0))
    assert [run(case, minute=minute) for minute in (1, 2, 3)] == [2, 0, 0]
    assert (fresh(case).priority, labels(case)) == (Priority.URGENT, {"refund"})
    chains = {run.rule.name: run.chain for run in RuleRun.objects.select_related("rule")}
    assert len(chains["Up"]) == 1


def test_what_feeds_itself_by_another_way_is_switched_off(world: World) -> None:
    """As routing might, something unknown to the rules takes back what one of them does."""
    admin, team, other = world.agent("Ada", Role.ADMIN), world.team("A"), world.team("B")
    kept = rule(world, "Ours", "assigned", f"team:{team.pk}")
    case = world.case()
    for minute in range(MOST_AN_HOUR + 2):
        assign_case(case=case, by=None, team=other, now=at(minute / 10))
        run(case, minute=minute / 10)
    kept.refresh_from_db()
    assert kept.on_since is None
    assert "within an hour" in kept.fault
    assert admin.notices.get().kind == Notice.Kind.RULE_OFF
    assert "RuleFailed" in world.facts(case)


def test_a_rule_that_fails_does_nothing_by_halves_and_goes_off(world: World) -> None:
    admin, team, label = world.agent("Ada", Role.ADMIN), world.team(), world.label()
    kept = rule(world, "Broken", "opened", f"add_label:{label.pk}", f"team:{team.pk}")
    rule(world, "Whole", "opened", "priority:2")
    delete_team(team=team, by=None, now=at(0))
    cases = [opened(world.case()) for _ in range(MOST_FAULTS + 1)]
    assert run(*cases) == len(cases)  # the other rule goes on
    assert all(labels(case) == set() and fresh(case).priority == 2 for case in cases)
    kept.refresh_from_db()
    assert kept.on_since is None
    assert "Billing" in kept.fault
    assert admin.notices.get().text.startswith("Broken")
    assert RuleRun.objects.filter(rule=kept).exclude(fault="").count() == MOST_FAULTS


def test_one_fault_among_many_does_not_switch_it_off(world: World) -> None:
    world.agent("Ada", Role.ADMIN)
    ben = world.agent("Ben")
    kept = rule(world, "To Ben", "opened", f"person:{ben.pk}")
    for _ in range(MOST_FAULTS):
        ben.is_active = False
        ben.save()
        run(opened(world.case()))
        ben.is_active = True
        ben.save()
        run(opened(world.case()))
    kept.refresh_from_db()
    assert (kept.on_since is None, kept.faults) == (False, 0)


def test_a_message_sets_it_off_as_often_as_one_comes(world: World) -> None:
    rule(world, "Note", "message", WrittenAction("note", "Again"))
    case = world.case()
    for minute in range(MOST_AN_HOUR + 2):
        facts.record(MessageReceived(workspace_id=case.workspace_id, case_id=case.pk), now=at(minute))
        assert run(case, minute=minute) == 1


def test_a_merged_case_is_left_alone(world: World) -> None:
    rule(world, "Up", "opened", "priority:4")
    target = world.case()
    assert run(opened(world.case(merged_into=target))) == 0


def test_a_rehearsal_tells_and_changes_nothing(world: World) -> None:
    kept = rule(world, "Sort", "opened", "priority:4", on=False, words=("refund",))
    cases = [opened(world.case(text, when=minute), minute) for minute, text in enumerate(["Refund!", "Hi", "refunds"])]
    before = world.facts()
    told = rehearse_rule(kept, now=at(100))
    assert [(each.case, each.at) for each in told.cases] == [(cases[2], at(2)), (cases[0], at(0))]
    assert (told.happenings, told.capped) == (3, False)
    assert world.facts() == before
    assert rehearse_rule(kept, now=at(60 * 24 * 40)).happenings == 0


def test_rules_and_rehearsals_hear_all_that_was_said_in_the_round(world: World) -> None:
    label = world.label("safety")
    kept = rule(world, "Safety", "message", f"add_label:{label.pk}", words=("smoke",))
    case = world.case("There is smoke")
    Case.objects.filter(pk=case.pk).update(subject="Lamp")
    world.inbound(case, "Hello?", when=1)
    facts.record(MessageReceived(workspace_id=case.workspace_id, case_id=case.pk), now=at(1))
    assert [each.case for each in rehearse_rule(kept, now=at(2)).cases] == [case]
    assert run(case, minute=2) == 1
    assert labels(case) == {"safety"}


def test_rules_that_would_feed_each_other_are_refused_by_name(world: World) -> None:
    rule(world, "Up", "prioritised", "priority:4")
    with pytest.raises(BadRule) as refused:
        rule(world, "Down", "prioritised", "priority:1")
    assert set(refused.value.problems) == {"actions"}
    assert "“Up”" in str(refused.value)
    assert "“Down”" in str(refused.value)
    assert Rule.objects.count() == 1
    rule(world, "Down", "prioritised", "priority:1", priorities=(2,))  # after “Up” it is never 2


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"when": "never"}, "when"),
        ({"actions": []}, "actions"),
        ({"actions": [WrittenAction("team:999999")]}, "action-0"),
        ({"actions": [WrittenAction("team:x")]}, "action-0"),
        ({"actions": [WrittenAction("dance")]}, "action-0"),
        ({"actions": [WrittenAction("note", " ")]}, "action-0"),
        ({"actions": [WrittenAction("snooze", "soon")]}, "action-0"),
        ({"actions": [WrittenAction("snooze", "")]}, "action-0"),
        ({"actions": [WrittenAction(""), WrittenAction("priority:1"), WrittenAction("priority:2")]}, "action-2"),
        ({"actions": [WrittenAction("note", "x")] * 9}, "actions"),
        ({"condition": Condition(min_risk=101)}, "min_risk"),
        ({"condition": Condition(teams=(999_999,))}, "team"),
        ({"condition": Condition(causes=(999_999,))}, "cause"),
        ({"condition": Condition(words=("x" * 41,))}, "words"),
    ],
)
def test_what_is_no_rule_is_refused(world: World, written: dict[str, Any], field: str) -> None:
    whole = {"name": "A rule", "actions": [WrittenAction("priority:2")]} | written
    with pytest.raises(BadRule) as refused:
        save_rule(workspace=world.workspace, written=WrittenRule(**whole), by=None, now=at(0))
    assert set(refused.value.problems) == {field}
    assert not Rule.objects.exists()


def test_a_name_is_taken_once_and_is_free_again(world: World) -> None:
    kept = rule(world, "Up", "opened", "priority:4")
    with pytest.raises(BadRule):
        rule(world, "Up", "opened", "priority:4")
    delete_rule(rule=kept, by=None, now=at(1))
    assert rule(world, "Up", "opened", "priority:4").place == 0


def test_actions_are_read_as_they_are_written(world: World) -> None:
    written = [WrittenAction("snooze", "2 d"), WrittenAction("tell:leads", "Look"), WrittenAction("priority:0")]
    kept = rule(world, "Some", "opened", *written)
    assert [write_action(action) for action in kept.does] == written
