from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest

from goodword.care.make_good import (
    NotGiven,
    decide_make_good,
    give_make_good,
    offer_make_good,
    save_budget,
    spent_this_month,
    withdraw_make_good,
)
from goodword.care.models import Case, MakeGood, MakeGoodKind, MakeGoodState, Rating, Resolution
from goodword.care.recovery import recovery
from goodword.staff.models import Agent, Notice, Role
from tests.care.world import World, at

DAY = 24 * 60


def offer(case: Case, by: Agent, amount: float = 15, **more: Any) -> MakeGood:
    given: dict[str, Any] = {
        "kind": MakeGoodKind.VOUCHER,
        "what": "a voucher",
        "why": "The parcel was lost",
        "idempotency_key": uuid.uuid4().hex,
        "now": at(5),
    }
    return offer_make_good(case=case, by=by, amount=Decimal(amount), **(given | more))


def test_what_an_agent_may_give_is_approved_and_given(world: World) -> None:
    ana, case = world.agent(), world.case()
    made = offer(case, ana)
    assert made.state == MakeGoodState.APPROVED
    assert give_make_good(make_good=made, by=ana, now=at(9)).given_at == at(9)
    assert world.facts(case) == ["MakeGoodChanged", "MakeGoodChanged"]
    with pytest.raises(NotGiven, match="given by now"):
        withdraw_make_good(make_good=made, by=ana, now=at(10))


def test_above_the_limit_a_lead_says_yes_or_no(world: World) -> None:
    ana, lea, case = world.agent(), world.agent("Lea", Role.LEAD), world.case()
    made = offer(case, ana, 20.01)
    assert made.state == MakeGoodState.WAITING
    with pytest.raises(NotGiven):
        give_make_good(make_good=made, by=ana, now=at(6))
    assert decide_make_good(make_good=made, by=lea, approve=True, now=at(7)).state == MakeGoodState.APPROVED
    refused = decide_make_good(make_good=offer(case, ana, 30), by=lea, approve=False, now=at(7))
    assert refused.state == MakeGoodState.REFUSED
    told = [(notice.agent, notice.kind) for notice in Notice.objects.order_by("pk")]
    assert told[:2] == [(lea, "make_good"), (ana, "make_good")]
    assert offer(case, lea, 400).state == MakeGoodState.APPROVED


def test_beyond_the_budget_a_second_person_says_yes_whoever_asks(world: World) -> None:
    lea, lou, case = world.agent("Lea", Role.LEAD), world.agent("Lou", Role.LEAD), world.case()
    made = offer(case, lea, 501)
    assert made.state == MakeGoodState.WAITING
    assert [notice.agent for notice in Notice.objects.all()] == [lou]
    for approve in (True, False):
        with pytest.raises(NotGiven, match="somebody else"):
            decide_make_good(make_good=made, by=lea, approve=approve, now=at(6))
    assert decide_make_good(make_good=made, by=lou, approve=True, now=at(7)).state == MakeGoodState.APPROVED


def test_one_key_gives_once(world: World) -> None:
    ana, case = world.agent(), world.case()
    made = offer(case, ana, idempotency_key="one")
    assert offer(case, ana, idempotency_key="one") == made
    assert spent_this_month(world.workspace, now=at(9)) == 15
    with pytest.raises(NotGiven, match="another case"):
        offer(world.case(), ana, idempotency_key="one")


def test_beyond_the_months_budget_a_lead_is_asked_too(world: World) -> None:
    ana, case = world.agent(), world.case()
    save_budget(workspace=world.workspace, currency="eur", a_month=Decimal(30), without_asking=Decimal(20))
    first = offer(case, ana, 20)
    assert (first.state, offer(case, ana, 11).state) == (MakeGoodState.APPROVED, MakeGoodState.WAITING)
    assert spent_this_month(world.workspace, now=at(9)) == 31
    assert spent_this_month(world.workspace, now=at(31 * DAY)) == 0
    withdraw_make_good(make_good=first, by=ana, now=at(9))
    assert spent_this_month(world.workspace, now=at(9)) == 11


@pytest.mark.parametrize("wrong", [{"amount": 0}, {"amount": -5}, {"what": " "}])
def test_nothing_is_not_given(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotGiven):
        offer(world.case(), world.agent(), **wrong)


def solved(world: World, case: Case, *, when: float, rating: int | None = None, resolution: str = "confirmed") -> None:
    episode = case.episodes.get()
    episode.resolved_at, episode.resolution = at(when), Resolution(resolution)
    episode.save()
    if rating:
        Rating.objects.create(
            workspace=world.workspace, episode=episode, solved=rating, way=Rating.Way.LINK, at=at(when + 1)
        )


def test_the_recovered_stand_beside_those_whom_we_never_failed(world: World) -> None:
    ana = world.agent()
    failed = world.case()
    give_make_good(make_good=offer(failed, ana), by=ana, now=at(10))
    solved(world, failed, when=20, rating=5)
    world.inbound(failed, "Thanks again", when=10 + 2 * DAY)
    fine = world.case()
    solved(world, fine, when=20, rating=2)
    solved(world, world.case(), when=20)
    solved(world, world.case(), when=20, resolution="disputed")  # neither
    offer(world.case(), ana)  # not given yet: neither
    found = recovery(world.workspace, since=at(0), until=at(DAY))
    recovered, never = found.recovered, found.never_failed
    assert (recovered.people, recovered.satisfied.answers, recovered.satisfied.satisfied, recovered.came_back) == (
        1,
        1,
        1,
        1,
    )
    assert (never.people, never.satisfied.answers, never.satisfied.satisfied, never.came_back) == (2, 1, 0, 0)
    assert recovered.share_back is None, "of one person nothing can be said"
    assert recovery(World("other").workspace, since=at(0), until=at(DAY)).never_failed.people == 0
