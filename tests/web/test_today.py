"""Today: every number leads to the cases that it counts."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.care.case_page import case_page
from goodword.care.filters import CaseFilter
from goodword.care.models import Delivery, Episode, Resolution, State
from goodword.listen.models import Gap, Source
from goodword.staff.models import Agent, Role
from goodword.web.today import read_today
from tests.care.world import World, at


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana", Role.LEAD)


@pytest.fixture
def busy(world: World, ana: Agent) -> World:
    """A bit of everything."""
    world.case("Waits since noon", when=0, assignee=ana)
    world.case("Waits for less", when=30, risk=70)
    world.reply(world.case("Was answered", when=1), ana, when=2)
    failed = world.case("Was not answered", when=3)
    world.reply(failed, ana, when=4, delivery=Delivery.FAILED)
    disputed = world.case("Still broken", when=5)
    Episode.objects.filter(case=disputed).update(resolution=Resolution.DISPUTED)
    world.case("Long ago", when=-60, state=State.RESOLVED, waiting_since=None)
    Gap.objects.create(workspace=world.workspace, source=world.source, since=at(-5), reason="The server is away")
    return world


def test_a_number_counts_what_its_link_shows(busy: World, ana: Agent) -> None:
    today = read_today(busy.workspace, ana, now=at(60))
    counted = {tally.icon: tally.count for tally in today.tallies}
    assert counted == {"message-circle": 3, "users": 2, "thumbs-down": 1, "circle-alert": 1}
    for tally in today.tallies:
        shown = case_page(CaseFilter.read(tally.query), workspace=busy.workspace, agent=ana)
        assert len(shown.ids) == tally.count


def test_lists_begin_with_the_worst(busy: World, ana: Agent) -> None:
    waiting, riskiest, disputed, failed = (
        [row.subject for row in one.rows] for one in read_today(busy.workspace, ana, now=at(60)).lists
    )
    assert waiting == ["Waits since noon", "Still broken", "Waits for less"]
    assert riskiest == ["Waits for less"]
    assert (disputed, failed) == (["Still broken"], ["Was not answered"])


def test_who_has_waited_for_over_a_month_is_counted_and_not_listed(busy: World, ana: Agent) -> None:
    busy.case("From an old file", when=-40 * 24 * 60)
    first = read_today(busy.workspace, ana, now=at(60)).lists[0]
    assert [row.subject for row in first.rows] == ["Waits since noon", "Still broken", "Waits for less"]
    assert first.older == 1


def test_everybody_is_shown_with_their_load_and_so_is_nobody(busy: World, ana: Agent) -> None:
    vera = busy.agent("Vera", Role.VIEWER)
    load = {load.agent: (load.open, load.waiting) for load in read_today(busy.workspace, ana, now=at(60)).load}
    assert load == {None: (2, 2), ana: (1, 1), vera: (0, 0)}


def test_the_page_names_the_gap_and_leads_on(busy: World, ana: Agent, client: Client) -> None:
    client.force_login(ana)
    page = client.get("/w/harbour/today/").content.decode()
    assert page.count("<h1") == 1
    assert "have not heard <strong>inbox</strong>" in page
    for address in re.findall(r'href="(/w/[^"]+)"', page):
        assert client.get(address.replace("&amp;", "&")).status_code in (200, 302), address


def test_every_number_and_every_all_leads_into_the_inbox(busy: World, ana: Agent, client: Client) -> None:
    Source.objects.filter(pk=busy.source.pk).update(connector_key="simulator")
    client.force_login(ana)
    main = client.get("/w/harbour/today/").content.decode().partition('<main id="main"')[2]
    assert not re.findall(r'href="\?[^"]*"', main)  # such a link only loads Today anew
    led = set(re.findall(r'href="(/w/harbour/inbox/\?[^"]*)"', main))
    today = read_today(busy.workspace, ana, now=at(60))
    for query in [*(one.query for one in today.tallies), *(one.query for one in today.lists)]:
        assert f"/w/harbour/inbox/?{query}".replace("&", "&amp;") in led
    assert "/w/harbour/inbox/?view=open&amp;sort=risk" in led  # the riskiest case
    assert f"/w/harbour/inbox/?state=open&amp;assignee={ana.pk}" in led  # the table of load


def test_an_empty_workspace_says_that_all_is_well(world: World, ana: Agent, client: Client) -> None:
    client.force_login(ana)
    page = client.get("/w/harbour/today/").content.decode()
    assert "Nobody is waiting for an answer." in page
    assert "Every reply went out." in page


def test_another_workspace_does_not_show(busy: World, client: Client) -> None:
    other = World(slug="other")
    bea = other.agent("Bea")
    today = read_today(other.workspace, bea, now=at(60))
    assert [tally.count for tally in today.tallies] == [0, 0, 0, 0]
    assert not any(one.rows for one in today.lists)
    assert (today.gaps, [load.agent for load in today.load]) == ([], [None, bea])
    client.force_login(bea)
    assert client.get("/w/harbour/today/").status_code == 404


def test_the_number_of_queries_does_not_grow(busy: World, ana: Agent) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read_today(busy.workspace, ana, now=at(60))
        return len(captured)

    before = queries()
    for one in range(5):
        busy.case(f"One more {one}", assignee=busy.agent(f"Agent{one}"), risk=one + 1)
    assert queries() == before
