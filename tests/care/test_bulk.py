from __future__ import annotations

import pytest
from django.test import Client

from goodword.care.assign import assign_case
from goodword.care.bulk import TooMany, change_cases
from goodword.care.models import Case, Label, Priority, State
from goodword.care.prioritise import set_priority
from goodword.care.resolve import resolve_case
from goodword.care.snooze import snooze_case
from goodword.staff.models import Role
from tests.care.world import World, at, fresh


def test_what_can_be_changed_is_changed_and_the_rest_named(world: World) -> None:
    ana = world.agent()
    first, resolved, kept = world.case(), world.case(state=State.RESOLVED), world.case()
    gone = world.case(merged_into=kept)
    outcome = change_cases(
        workspace=world.workspace,
        numbers=[first.number, resolved.number, gone.number, 999, 1000],
        change=lambda case: snooze_case(case=case, by=ana, until=at(60), now=at(0)),
    )
    assert (outcome.changed, sum(outcome.skipped.values())) == (1, 4)
    assert outcome.sentence.startswith("1 case changed. 4 skipped: (2) There is no such case.")
    assert f"#{kept.number}" in outcome.sentence
    assert fresh(first).state == State.SNOOZED


def test_cases_of_another_workspace_do_not_exist(world: World) -> None:
    foreign = World(slug="elsewhere").case()
    outcome = change_cases(
        workspace=world.workspace,
        numbers=[foreign.number],
        change=lambda case: set_priority(case=case, by=None, priority=Priority.HIGH, now=at(0)),
    )
    assert (outcome.changed, fresh(foreign).priority) == (0, Priority.NONE)


def test_many_are_assigned_and_resolved_and_each_has_its_facts(world: World) -> None:
    ana, cases = world.agent(), [world.case() for _ in range(3)]
    numbers = [case.number for case in cases]
    change_cases(
        workspace=world.workspace,
        numbers=numbers,
        change=lambda case: assign_case(case=case, by=ana, to=ana, team=case.team, now=at(1)),
    )
    outcome = change_cases(
        workspace=world.workspace,
        numbers=numbers,
        change=lambda case: resolve_case(case=case, by=ana, ask=False, now=at(2)),
    )
    assert outcome.sentence == "3 cases changed."
    assert set(Case.objects.values_list("state", "assignee")) == {(State.RESOLVED, ana.pk)}
    assert world.facts(cases[1]) == ["CaseAssigned", "ResolutionProposed"]


def test_a_thousand_at_once_and_no_more(world: World) -> None:
    with pytest.raises(TooMany):
        change_cases(workspace=world.workspace, numbers=range(1001), change=lambda case: None)
    assert change_cases(workspace=world.workspace, numbers=range(1, 1001), change=lambda case: None).changed == 0


@pytest.mark.parametrize("typed", ["late, \u200b", ",".join(f"n{n}" for n in range(21)), " , "])
def test_labels_that_are_refused_come_back_as_they_were_typed(world: World, typed: str) -> None:
    lead = Client()
    lead.force_login(world.agent("Lea", Role.LEAD))
    case = world.case()
    form = {"action": "label", "apply": "1", "case": case.number, "new": typed, "next": "//evil.example/"}
    answer = lead.post("/w/harbour/bulk/", form)
    assert answer.status_code == 422
    assert answer.context["error"]
    assert (answer.context["new_labels"], answer.context["next"]) == (typed, "/w/harbour/inbox/")
    assert not Label.objects.exists()
    assert lead.post("/w/harbour/bulk/", form | {"new": "late, refund"}).status_code == 303
    assert {label.name for label in case.labels.all()} == {"late", "refund"}
