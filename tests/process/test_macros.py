"""Macros: all of it or nothing, and all of it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goodword.care.assign import assign_case
from goodword.care.draft import save_draft
from goodword.care.label import label_case
from goodword.care.models import Case, Draft, MessageKind, Priority, State
from goodword.care.prioritise import set_priority
from goodword.care.snooze import snooze_case
from goodword.process.act import CannotAct
from goodword.process.models import Macro, MacroRun
from goodword.process.read_actions import WrittenAction
from goodword.process.restore import Standing, standing_of
from goodword.process.run_macro import CannotUndo, run_macro, undo_macro
from goodword.process.write_macros import BadMacro, WrittenMacro, delete_macro, save_macro
from goodword.staff.models import Agent, Role
from goodword.staff.teams import delete_team
from tests.care.world import World, at, fresh

pytestmark = pytest.mark.django_db


def macro(world: World, *does: str | WrittenAction, name: str = "Hand over", key: int | None = None) -> Macro:
    actions = [each if isinstance(each, WrittenAction) else WrittenAction(each) for each in does]
    return save_macro(
        workspace=world.workspace, written=WrittenMacro(name=name, key=key, actions=actions), by=None, now=at(0)
    )


def standing(case: Case) -> Standing:
    return standing_of(fresh(case))


def notes(case: Case) -> list[str]:
    return list(case.messages.filter(kind=MessageKind.NOTE).values_list("text", flat=True))


def all_of_it(world: World) -> tuple[Macro, Case]:
    """A macro that does whatever can be done, and a case that has some of it."""
    old, new, team, ben = world.label("old"), world.label("new"), world.team(), world.agent("Ben")
    case = world.case(priority=2, assignee=ben)
    case.labels.add(old)
    does = [f"team:{team.pk}", f"add_label:{new.pk}", f"remove_label:{old.pk}", "priority:4"]
    return macro(world, *does, WrittenAction("note", "Handed over"), WrittenAction("snooze", "2 h")), case


def test_all_of_it_is_done_told_and_taken_back(world: World) -> None:
    ana = world.agent("Ana")
    made, case = all_of_it(world)
    before = standing(case)
    run = run_macro(macro=made, case=case, by=ana, now=at(1))
    after = fresh(case)
    assert (after.state, after.priority, after.assignee, notes(case)) == (State.SNOOZED, 4, None, ["Handed over"])
    assert set(after.labels.values_list("name", flat=True)) == {"new"}
    assert world.facts(case)[-1] == "MacroRan"
    assert undo_macro(run=run, by=ana, now=at(2)) == []
    assert (standing(case), notes(case)) == (before, [])
    assert world.facts(case)[-1] == "MacroUndone"
    with pytest.raises(CannotUndo):
        undo_macro(run=run, by=ana, now=at(3))


def test_the_writers_draft_of_a_note_stays(world: World) -> None:
    ana, case = world.agent("Ana"), world.case()
    save_draft(case=case, by=ana, kind=MessageKind.NOTE, text="My own", private=False, now=at(0))
    run_macro(macro=macro(world, WrittenAction("note", "Hi")), case=case, by=ana, now=at(1))
    assert Draft.objects.get().text == "My own"


@pytest.mark.parametrize("state", [State.OPEN, State.PENDING, State.SNOOZED])
@pytest.mark.parametrize("does", [["resolve"], [WrittenAction("snooze", "1 d")]])
def test_whatever_state_it_was_in_comes_back(world: World, state: State, does: list[Any]) -> None:
    ana, case = world.agent("Ana"), world.case()
    if state == State.PENDING:
        world.reply(case, ana)
    if state == State.SNOOZED:
        snooze_case(case=case, by=ana, until=at(500), now=at(1))
    before = standing(case)
    assert before["state"] == state
    run = run_macro(macro=macro(world, *does), case=case, by=ana, now=at(2))
    assert standing(case)["state"] != state or state == State.SNOOZED
    assert undo_macro(run=run, by=ana, now=at(3)) == []
    assert standing(case) == before


def test_what_somebody_changed_since_stays_and_is_named(world: World) -> None:
    ana, ben = world.agent("Ana"), world.agent("Bea")
    made, case = all_of_it(world)
    run = run_macro(macro=made, case=case, by=ana, now=at(1))
    other = world.label("other")
    set_priority(case=case, by=ben, priority=Priority.LOW, now=at(2))
    assign_case(case=case, by=ben, to=ben, now=at(2))
    label_case(case=case, by=ben, add=[other], now=at(2))
    snooze_case(case=case, by=ben, until=at(900), now=at(2))
    assert len(undo_macro(run=run, by=ana, now=at(3))) == 3
    now = standing(case)
    assert (now["priority"], now["assignee"], now["state"]) == (Priority.LOW, ben.pk, State.SNOOZED)
    assert set(case.labels.values_list("name", flat=True)) == {"old", "other"}


def test_a_team_that_is_no_more_is_refused_when_saved_and_when_run(world: World) -> None:
    ana, team = world.agent("Ana"), world.team()
    made = macro(world, "priority:4", f"team:{team.pk}")
    case = world.case()
    delete_team(team=team, by=None, now=at(1))
    before = standing(case)
    with pytest.raises(CannotAct, match="Billing"):
        run_macro(macro=made, case=case, by=ana, now=at(2))
    assert (standing(case), MacroRun.objects.count()) == (before, 0)
    with pytest.raises(BadMacro) as refused:
        macro(world, f"team:{team.pk}", name="Again")
    assert set(refused.value.problems) == {"action-0"}


def test_nothing_to_do_is_said(world: World) -> None:
    case = world.case(priority=4)
    with pytest.raises(CannotAct, match="so already"):
        run_macro(macro=macro(world, "priority:4"), case=case, by=world.agent(), now=at(1))
    assert world.facts(case) == []


def test_a_deleted_macro_can_still_be_undone(world: World) -> None:
    ana, case = world.agent("Ana"), world.case()
    made = macro(world, "priority:4")
    run = run_macro(macro=made, case=case, by=ana, now=at(1))
    delete_macro(macro=made, by=None, now=at(2))
    undo_macro(run=MacroRun.objects.get(pk=run.pk), by=ana, now=at(2))
    assert fresh(case).priority == Priority.NONE


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Known"}, "name"),
        ({"key": 1}, "key"),
        ({"key": 10}, "key"),
        ({"actions": []}, "actions"),
        ({"actions": [WrittenAction("tell:leads", "Hi")]}, "action-0"),  # nobody can be untold
    ],
)
def test_what_is_no_macro_is_refused(world: World, written: dict[str, Any], field: str) -> None:
    macro(world, "priority:4", name="Known", key=1)
    whole = {"name": "New", "actions": [WrittenAction("priority:4")]} | written
    with pytest.raises(BadMacro) as refused:
        save_macro(workspace=world.workspace, written=WrittenMacro(**whole), by=None, now=at(0))
    assert set(refused.value.problems) == {field}
    assert Macro.objects.count() == 1


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def test_pages_write_run_and_undo(world: World) -> None:
    lead, agent = signed_in(world.agent("Lea", Role.LEAD)), signed_in(world.agent("Ana"))
    label, case = world.label("vip"), world.case()
    written = {"name": "For VIPs", "key": "3", "action-0": f"add_label:{label.pk}", "action-1": "priority:3"}
    assert lead.post("/w/harbour/team/macros/new/", written).status_code == 303
    refused = lead.post("/w/harbour/team/macros/new/", written | {"name": "Another"})
    assert refused.status_code == 422
    assert "This key runs “For VIPs”" in refused.content.decode()
    assert agent.get("/w/harbour/team/macros/new/").status_code == 403
    home, made = f"/w/harbour/cases/{case.number}/", Macro.objects.get()
    assert 'data-own-key="3"' in agent.get(f"{home}beside/").content.decode()
    assert "label vip" in agent.get(f"{home}macros/").content.decode()
    answer = agent.post(f"{home}macros/{made.pk}/", headers={"HX-Request": "true"})
    undo = f"{home}macros/runs/{MacroRun.objects.get().pk}/undoing/"
    assert undo in answer.headers["HX-Trigger"]
    assert fresh(case).priority == 3
    assert "Ana ran “For VIPs”: label vip, priority High" in agent.get(home).content.decode()
    agent.post(undo)
    assert (fresh(case).priority, case.labels.count()) == (0, 0)
    assert "undone already" in agent.post(undo, headers={"HX-Request": "true"}).headers["HX-Trigger"]


def test_a_sleep_that_would_be_over_is_not_slept_again(world: World) -> None:
    ana, case = world.agent("Ana"), world.case()
    snooze_case(case=case, by=ana, until=at(10), now=at(0))
    run = run_macro(macro=macro(world, WrittenAction("snooze", "1 d")), case=case, by=ana, now=at(1))
    undo_macro(run=run, by=ana, now=at(11) + timedelta(seconds=1))
    assert fresh(case).state == State.OPEN
