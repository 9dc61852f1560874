"""Required steps: a case that requires some is not resolved without them, whoever asks and whichever way."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from goodword.care.before_resolve import NotYet
from goodword.care.bulk import change_cases
from goodword.care.decide import dispute_resolution
from goodword.care.models import State
from goodword.care.resolve import resolve_case
from goodword.process.act import CannotAct, act
from goodword.process.models import RequiredStep, StepDone
from goodword.process.rules.actions import Action, Do
from goodword.process.rules.condition import Condition
from goodword.process.steps import BadStep, keep_steps, missing, steps_of
from goodword.process.write_steps import BadRequiredStep, WrittenStep, delete_step, save_step
from goodword.staff.models import Agent, Role
from tests.care.world import World, at, current_episode, fresh

pytestmark = pytest.mark.django_db


def step(world: World, name: str = "Tell safety", kind: str = "check", **condition: Any) -> RequiredStep:
    written = WrittenStep(name=name, kind=kind, condition=Condition(**condition))
    return save_step(workspace=world.workspace, written=written, by=None, now=at(0))


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def test_a_case_that_requires_it_waits_for_it_and_others_do_not(world: World) -> None:
    ana, label = world.agent("Ana"), world.label("safety")
    check = step(world, labels=(label.pk,))
    case, other = world.case(), world.case()
    case.labels.add(label)
    resolve_case(case=other, by=ana, ask=False, now=at(1))
    with pytest.raises(NotYet, match="Tell safety"):
        resolve_case(case=case, by=ana, ask=False, now=at(1))
    assert fresh(case).state == State.OPEN
    keep_steps(case=case, written={check.pk: ""}, by=ana, now=at(2))
    resolve_case(case=case, by=ana, ask=False, now=at(3))
    assert fresh(case).state == State.RESOLVED
    done = StepDone.objects.get()
    assert (done.agent, done.at, done.words) == (ana, at(2), "")
    assert "StepsChanged" in world.facts(case)


def test_many_at_once_and_rules_are_refused_as_well(world: World) -> None:
    ana = world.agent("Ana")
    step(world, channels=("recorded",))
    case = world.case()
    told = change_cases(
        workspace=world.workspace,
        numbers=[case.number],
        change=lambda one: resolve_case(case=one, by=ana, ask=False, now=at(1)),
    )
    assert (told.changed, list(told.skipped)) == (0, ["Before it is resolved: Tell safety"])
    with pytest.raises(CannotAct, match="Tell safety"):
        act(case=case, actions=[Action(Do.PRIORITY, 4, "Urgent"), Action(Do.RESOLVE)], by=None, now=at(1))
    assert (fresh(case).state, fresh(case).priority) == (State.OPEN, 0)


def test_fields_and_calls_want_words_and_nothing_is_kept_by_halves(world: World) -> None:
    ana = world.agent("Ana")
    check, field = step(world), step(world, "Order number", "field")
    call = step(world, "Call them back", "call")
    case = world.case()
    with pytest.raises(BadStep) as refused:
        keep_steps(case=case, written={check.pk: "", field.pk: " ", call.pk: "x" * 301}, by=ana, now=at(1))
    assert set(refused.value.problems) == {field.pk, call.pk}
    assert not StepDone.objects.exists()
    kept = keep_steps(case=case, written={check.pk: "", field.pk: " A  1 "}, by=ana, now=at(1))
    assert missing(kept) == 1
    assert StepDone.objects.get(step=field).words == "A 1"


def test_a_step_is_taken_back_and_changed(world: World) -> None:
    ana, ben = world.agent("Ana"), world.agent("Ben")
    check, field = step(world), step(world, "Order number", "field")
    case = world.case()
    keep_steps(case=case, written={check.pk: "", field.pk: "1"}, by=ana, now=at(1))
    keep_steps(case=case, written={check.pk: "", field.pk: "1"}, by=ben, now=at(2))  # nothing new
    assert set(StepDone.objects.values_list("agent__name", flat=True)) == {"Ana"}
    keep_steps(case=case, written={check.pk: None, field.pk: "2"}, by=ben, now=at(3))
    assert list(StepDone.objects.values_list("words", "agent__name")) == [("2", "Ben")]
    assert world.facts(case).count("StepsChanged") == 2
    delete_step(step=field, by=None, now=at(4))
    assert [each.step for each in steps_of(case)] == [check]


def test_a_case_that_is_opened_again_requires_it_again(world: World) -> None:
    ana = world.agent("Ana")
    call = step(world, "Call them back", "call")
    case = world.case()
    keep_steps(case=case, written={call.pk: "A new one on Friday"}, by=ana, now=at(1))
    resolve_case(case=case, by=ana, ask=False, now=at(2))
    assert missing(steps_of(case)) == 0
    dispute_resolution(episode=current_episode(case), words="It never came", now=at(60))
    with pytest.raises(NotYet, match="Call them back"):
        resolve_case(case=fresh(case), by=ana, ask=False, now=at(61))
    keep_steps(case=case, written={call.pk: "The money back"}, by=ana, now=at(62))
    resolve_case(case=fresh(case), by=ana, ask=False, now=at(63))
    kept = StepDone.objects.order_by("episode").values_list("episode", "words")
    assert list(kept) == [(1, "A new one on Friday"), (2, "The money back")]


def test_words_of_an_earlier_message_still_require_it_in_this_round_and_not_in_the_next(world: World) -> None:
    ana = world.agent("Ana")
    check = step(world, words=("burn",))
    case, calm = world.case("The lamp burned my hand"), world.case("Where is my parcel?")
    case.subject = "About my lamp"
    case.save()
    for minute in range(1, 4):
        world.inbound(case, "Are you there?", when=minute)
        world.reply(case, ana, "We burn to help", when=minute + 0.5)
    world.reply(calm, ana, "It did not burn", when=3)
    assert [each.step for each in steps_of(fresh(case))] == [check]
    assert steps_of(fresh(calm)) == []
    with pytest.raises(NotYet, match="Tell safety"):
        resolve_case(case=case, by=ana, ask=False, now=at(5))
    keep_steps(case=case, written={check.pk: ""}, by=ana, now=at(6))
    episode = resolve_case(case=case, by=ana, ask=False, now=at(7))
    dispute_resolution(episode=episode, words="No", now=at(60))
    world.inbound(case, "It is still dark", when=61)
    assert steps_of(fresh(case)) == []


def test_another_brands_step_is_none_of_ours(world: World) -> None:
    other = World("other")
    foreign = step(other)
    case = world.case()
    assert keep_steps(case=case, written={foreign.pk: ""}, by=world.agent(), now=at(1)) == []
    assert not StepDone.objects.exists()


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Tell safety"}, "name"),
        ({"kind": "dance"}, "kind"),
        ({"condition": Condition(labels=(999_999,))}, "label"),
    ],
)
def test_what_is_no_step_is_refused(world: World, written: dict[str, Any], field: str) -> None:
    step(world)
    with pytest.raises(BadRequiredStep) as refused:
        save_step(workspace=world.workspace, written=WrittenStep(**{"name": "New"} | written), by=None, now=at(0))
    assert set(refused.value.problems) == {field}
    assert RequiredStep.objects.count() == 1


def test_pages_write_tick_fill_and_refuse(world: World) -> None:
    lead = signed_in(world.agent("Lea", Role.LEAD))
    for written in ({"name": "Tell safety", "kind": "check"}, {"name": "Order number", "kind": "field"}):
        assert lead.post("/w/harbour/team/steps/new/", written).status_code == 303
    page = lead.get("/w/harbour/team/steps/").content.decode()
    assert "Tell safety" in page
    assert "a field to fill" in page
    case = world.case()
    home = f"/w/harbour/cases/{case.number}/"
    refused = lead.post(f"{home}resolution/", {})
    assert refused.status_code == 422
    told = refused.content.decode()
    assert all(words in told for words in ("2 things have to be done before", "Tell safety", "Order number"))
    assert told.count("Tell safety") == 1  # said once, in red
    assert f"{home}steps/" in lead.get(f"{home}resolution/").content.decode()
    check, field = RequiredStep.objects.all()
    assert "2 to do" in lead.get(f"{home}beside/").content.decode()
    lead.post(f"{home}steps/{check.pk}/")
    assert "1 to do" in lead.get(f"{home}beside/").content.decode()
    too_long = lead.post(f"{home}steps/", {f"step-{check.pk}": "1", f"step-{field.pk}": "x" * 301})
    assert too_long.status_code == 422
    assert "At most 300 characters" in too_long.content.decode()
    lead.post(f"{home}steps/", {f"step-{check.pk}": "1", f"step-{field.pk}": "A-77"})
    beside = lead.get(f"{home}beside/").content.decode()
    assert "A-77" in beside
    assert "Lea" in beside
    assert lead.post(f"{home}resolution/", {}).status_code == 303
    assert fresh(case).state == State.RESOLVED
