"""What networks take: read within the month's budget, a rest that everybody can see, and what it cost by month."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from goodword.connectors.charging import Expense
from goodword.kernel.clock import current_time
from goodword.listen import listening
from goodword.listen.change_source import change_source
from goodword.listen.health import Standing, health_of
from goodword.listen.listening import _listen_once
from goodword.listen.models import Gap, RawItem, Source, Spending
from goodword.listen.purse import SourcePurse, account_of
from goodword.listen.sources import open_source
from goodword.staff.models import Notice, Role
from tests.care.world import NOON, World, at
from tests.connectors.installed import installed
from tests.connectors.paid_network import READ, REPLY, Paid, PaidWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Iterator[PaidWorld]:
    network = PaidWorld()
    with installed(Paid(network)):
        yield network


@pytest.fixture
def world(network: PaidWorld) -> World:
    return World()


def connected(world: World, budget: str, name: str = "Paid") -> Source:
    settings = {"monthly_budget": budget}
    return open_source(workspace=world.workspace, connector_key="paid", name=name, settings=settings, now=NOON)


def listen(source: Source, monkeypatch: pytest.MonkeyPatch) -> timedelta | None:
    """Until it rests, or all was heard; how long it would rest."""
    stop = threading.Event()
    deliver = listening._deliver

    def deliver_then_stop(*args: object) -> None:
        deliver(*args)  # type: ignore[arg-type]
        stop.set()

    monkeypatch.setattr(listening, "_deliver", deliver_then_stop)
    monkeypatch.setattr(listening._Wanted, "ended", lambda self: stop.is_set() and not network_has_more(source))
    return _listen_once(source.pk, stop).again_after


def network_has_more(source: Source) -> bool:
    source.refresh_from_db()
    connector = source.connector
    assert isinstance(connector, Paid)
    return int(source.cursor.get("position", 0)) < len(connector.world.posts)


def test_reading_rests_when_the_budget_is_spent_and_goes_on_when_it_is_raised(
    world: World, network: PaidWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = world.agent("Ana", Role.ADMIN)
    network.speak(5)
    source = connected(world, "0.012")
    rest = listen(source, monkeypatch)
    assert RawItem.objects.of(world.workspace).count() == 2
    assert rest is not None
    assert rest > timedelta(seconds=1)
    assert account_of(source, current_time()).spent == Decimal("0.010")  # type: ignore[union-attr]
    gap = Gap.objects.get(source=source)
    assert (gap.until, "budget" in gap.reason) == (None, True)
    (health,) = health_of([Source.objects.get(pk=source.pk)], now=current_time())
    assert health.standing is Standing.SPENT
    listen(source, monkeypatch)
    assert Notice.objects.filter(agent=admin).count() == 1, "they are told once"

    source.refresh_from_db()
    change_source(source=source, by=None, name="Paid", settings={"monthly_budget": "1"}, now=NOON)
    listen(source, monkeypatch)
    assert RawItem.objects.of(world.workspace).count() == 5
    gap.refresh_from_db()
    assert gap.until is not None
    assert gap.filled_at is not None


def test_what_many_sources_cost_and_did_not_understand_is_asked_at_once(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    both = [connected(world, "0.03", name=name) for name in ("Dear", "Cheap")]
    for source, posts in zip(both, (4, 1), strict=True):
        SourcePurse(source, "USD", lambda: NOON).spend(Expense(READ, posts))
        RawItem.objects.bulk_create(
            RawItem(workspace=world.workspace, source=source, delivery_id=f"{number}", received_at=NOON, **reason)
            for number, reason in enumerate([{"rejected_because": "No id"}] * posts + [{}])
        )
    with django_assert_max_num_queries(3):  # gaps, what was spent, what was not understood
        healths = health_of(both, now=NOON)
    assert [(each.rejected, each.account.spent) for each in healths if each.account] == [
        (4, Decimal("0.020")),
        (1, Decimal("0.005")),
    ]


def test_each_month_has_its_own_account(world: World) -> None:
    source = connected(world, "0.03")
    now = NOON
    purse = SourcePurse(source, "USD", lambda: now)
    purse.spend(Expense(READ, 4))
    purse.spend(Expense(READ, 1))
    purse.spend(Expense(REPLY))
    assert purse.left() == 0
    assert [(row.what, row.count) for row in Spending.objects.order_by("what")] == [("a post read", 5), ("a reply", 1)]
    now = at(60 * 24 * 31)
    assert purse.left() == Decimal("0.03")


def test_without_a_budget_it_takes_what_it_takes_and_one_that_cant_be_read_allows_nothing(world: World) -> None:
    source = connected(world, "")
    assert SourcePurse(source, "USD", lambda: NOON).left() is None
    source.settings["monthly_budget"] = "plenty"
    assert SourcePurse(source, "USD", lambda: NOON).left() == 0


def test_what_it_costs_stands_on_the_sources_pages(world: World) -> None:
    source = connected(world, "50")
    SourcePurse(source, "USD", current_time).spend(Expense(READ, 300))
    viewer = Client()
    viewer.force_login(world.agent("Vera", Role.VIEWER))
    assert "USD 1.50 this month" in viewer.get("/w/harbour/sources/").content.decode()
    page = " ".join(viewer.get(f"/w/harbour/sources/{source.pk}/").content.decode().split())
    assert "USD 1.50 of 50.00" in page
    assert "300 × a post read: USD 1.50" in page
    assert "a reply with a link: USD 0.20" in page


def test_trying_a_connected_source_is_paid_within_its_budget(world: World, network: PaidWorld) -> None:
    network.speak(5)
    source = connected(world, "0.020")
    admin = Client()
    admin.force_login(world.agent("Ana", Role.ADMIN))
    address = f"/w/{world.workspace.slug}/sources/{source.pk}"
    assert "This is post-4" in admin.post(f"{address}/check/").content.decode()
    assert account_of(source, current_time()).spent == READ.each * 3  # type: ignore[union-attr]
    assert "budget of this month" not in admin.post(f"{address}/check/").content.decode(), "one more can be paid"
    form = {"name": source.name, "setting-monthly_budget": "1000"}
    assert "budget of this month" in admin.post(f"{address}/settings/trial/", form).content.decode(), "as it was set"
    assert account_of(source, current_time()).spent == READ.each * 4  # type: ignore[union-attr]


def test_trying_before_it_is_connected_is_paid_by_the_source_that_comes_of_it(world: World, network: PaidWorld) -> None:
    network.speak(5)
    admin = Client()
    admin.force_login(world.agent("Ana", Role.ADMIN))
    address = f"/w/{world.workspace.slug}/sources/new/paid/"
    form = {"name": "Paid", "setting-monthly_budget": "0.020"}
    assert "This is post-4" in admin.post(f"{address}trial/", form).content.decode()
    admin.post(f"{address}trial/", form)
    assert "budget of this month" in admin.post(f"{address}trial/", form).content.decode()
    admin.post(address, form)
    source = Source.objects.get(name="Paid")
    assert account_of(source, current_time()).spent == READ.each * 4  # type: ignore[union-attr]
    admin.post(address, {**form, "name": "Another"})
    assert account_of(Source.objects.get(name="Another"), current_time()).spent == 0  # type: ignore[union-attr]
