"""Replies that cost money: the price is shown before, paid before sending, and given back where nothing went out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client

from goodword.care.models import Delivery
from goodword.care.pay import BudgetTooSmall, paid
from goodword.care.send import send_due
from goodword.connectors.contract import Refused, Retry, Uncertain
from goodword.listen.models import Source
from goodword.listen.purse import SourcePurse
from tests.care.postbox import again
from tests.care.test_reply import reply
from tests.care.world import World, at
from tests.connectors.installed import installed
from tests.connectors.paid_network import Paid, PaidWorld
from tests.connectors.worlds import reply_to


@pytest.fixture
def network() -> Iterator[PaidWorld]:
    network = PaidWorld()
    with installed(Paid(network)):
        yield network


@pytest.fixture
def source(network: PaidWorld, world: World) -> Source:
    source = world.new_source("Paid", "paid", "paid")
    source.settings = {"monthly_budget": "0.21"}
    source.save()
    return source


def left(source: Source) -> Decimal | None:
    return SourcePurse(source, "USD", lambda: at(6)).left()


def test_a_reply_is_paid_for_and_one_that_the_budget_doesnt_cover_is_not_sent(
    world: World, source: Source, network: PaidWorld
) -> None:
    case, ana = world.case(source=source), world.agent()
    sent, unsent = reply(case, ana, "See https://harbour.example"), reply(case, ana, "And now?")
    assert send_due(now=at(6), limit=9) == 2
    assert again(sent).delivery == Delivery.SENT
    assert left(source) == Decimal("0.01")
    refused = again(unsent)
    assert refused.delivery == Delivery.FAILED
    assert "USD 0.015" in refused.failure
    assert len(network.sent) == 1


@pytest.mark.parametrize(
    ("ended", "is_paid"), [(Retry("later"), False), (Refused("no"), False), (Uncertain("?"), True)]
)
def test_what_surely_wasnt_sent_costs_nothing(source: Source, ended: Exception, is_paid: bool) -> None:
    with pytest.raises(type(ended)), paid(source, reply_to("1", "key"), lambda: at(6)):
        raise ended
    assert left(source) == (Decimal("0.195") if is_paid else Decimal("0.21"))


def test_nothing_goes_out_beyond_the_budget(source: Source) -> None:
    source.settings["monthly_budget"] = "0"
    with pytest.raises(BudgetTooSmall), paid(source, reply_to("1", "key"), lambda: at(6)):
        pytest.fail("nothing may be sent")


def test_the_writer_sees_the_price_before_it_is_sent(world: World, source: Source) -> None:
    case = world.case(source=source)
    client = Client()
    client.force_login(world.agent())
    path = f"/w/harbour/cases/{case.number}/reading/"
    page = client.post(path, {"text": "Sorry!"}).content.decode()
    assert "This reply costs USD 0.015." in page
    assert "USD 0.21 are left this month." in page
    source.settings["monthly_budget"] = "0.1"
    source.save()
    page = client.post(path, {"text": "See https://harbour.example"}).content.decode()
    assert "This reply costs USD 0.20." in page
    assert "The budget of this month doesn't cover it" in page
