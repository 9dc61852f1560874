from __future__ import annotations

import pytest

from goodword.people.set_zone import NoSuchZone, set_zone
from goodword.promises.confirm import confirm_promise
from goodword.promises.lock import PromiseMovedOn
from goodword.promises.make import Confirmed
from goodword.promises.models import Promise, Standing
from goodword.promises.withdraw import withdraw_promises
from tests.care.world import World, at
from tests.promises.world import FRIDAY, WORDS, make, promise_of


def test_what_is_confirmed_is_to_be_kept_and_the_rest_is_only_said(world: World) -> None:
    ana, case = world.agent(), world.case()
    text = f"{WORDS} I'll also ask the courier by tomorrow."
    call, ask = make(case, ana, text, [Confirmed("We'll call you back by Friday", at(FRIDAY - 60))])
    assert (call.standing, call.due_at, call.owner, call.case_number) == (Standing.OPEN, at(FRIDAY - 60), ana, 1)
    assert call.remind_at == at(FRIDAY - 60 - 240)
    assert (ask.standing, ask.remind_at) == (Standing.SAID, None)
    assert world.facts(case) == ["PromiseMade"]


def test_what_was_taken_out_of_the_text_is_no_promise(world: World) -> None:
    made = make(world.case(), world.agent(), "Thank you!", [Confirmed("We'll call you", at(FRIDAY))])
    assert made == []


def test_the_zone_is_the_customers_where_it_is_known(world: World) -> None:
    case, ana = world.case(), world.agent()
    set_zone(person=case.identity.person, zone="Asia/Tokyo")
    [promise] = make(case, ana, WORDS, [])
    assert promise.zone == "Asia/Tokyo"
    assert promise.due_at == at(FRIDAY - 9 * 60)
    with pytest.raises(NoSuchZone):
        set_zone(person=case.identity.person, zone="Mars/Olympus")


def test_what_was_only_said_can_be_confirmed_once(world: World) -> None:
    ana, tom, case = world.agent(), world.agent("Tom"), world.case()
    [said] = make(case, ana, "I'll call you soon.", [])
    promise = confirm_promise(promise=said, by=tom, due_at=at(600), now=at(1))
    assert (promise.standing, promise.owner, promise.due_at) == (Standing.OPEN, tom, at(600))
    with pytest.raises(PromiseMovedOn):
        confirm_promise(promise=said, by=ana, due_at=at(700), now=at(2))


def test_withdrawn_is_what_stands_open_and_not_what_is_settled(world: World) -> None:
    ana, case = world.agent(), world.case()
    promise, [said] = promise_of(case, ana), make(case, ana, "I'll call you soon.", [])
    kept = promise_of(case, ana)
    Promise.objects.filter(pk=kept.pk).update(standing=Standing.KEPT)
    withdraw_promises(promises=[promise, said, kept], by=ana, now=at(1))
    standings = dict(Promise.objects.values_list("pk", "standing"))
    assert standings == {promise.pk: "withdrawn", said.pk: "withdrawn", kept.pk: "kept"}
    assert world.facts(case) == ["PromiseMade", "PromiseMade", "PromiseWithdrawn"]


def test_what_was_promised_to_somebody_who_turned_out_to_be_them_counts(world: World) -> None:
    case, other = world.case(), world.identity("mara.too").person
    promise = promise_of(case, world.agent())
    absorbed = case.identity.person
    absorbed.merged_into = other
    absorbed.save()
    assert list(Promise.objects.of(world.workspace).made_to(other)) == [promise]
