"""The page of a search: what is found stands in its words; what was not understood is said."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.care.search_words import index_everything
from goodword.staff.models import Agent
from goodword.web.search import examples, search
from tests.care.world import World, at

SignIn = Callable[[Agent], Client]
HOME = "/w/harbour/search/"


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


@pytest.fixture
def cases(world: World) -> World:
    world.case("<i>The</i> refund for order 7 never came", when=0)
    world.case("Where is my parcel?", when=1)
    index_everything()
    return world


def test_words_are_marked_where_they_stand(cases: World, ana: Agent, signed_in: SignIn) -> None:
    page = signed_in(ana).get(f"{HOME}?q=refund").content.decode()
    assert "<mark>refund</mark>" in page
    assert "&lt;i&gt;The&lt;/i&gt;" in page
    assert "Where is my parcel?" not in page


def test_what_was_not_understood_is_said_with_what_to_type(cases: World, ana: Agent, signed_in: SignIn) -> None:
    page = signed_in(ana).get(f"{HOME}?q=is:angry").content.decode()
    assert "is: can be open, pending" in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("q", ["", "%20", "nothing-like-this", "x" * 5000, "((("])
def test_the_page_always_says_what_can_be_typed(cases: World, ana: Agent, signed_in: SignIn, q: str) -> None:
    page = signed_in(ana).get(f"{HOME}?q={q}")
    assert page.status_code == 200
    assert "What can be typed" in page.content.decode()


def test_every_example_means_something(cases: World, ana: Agent) -> None:
    world, names = cases, ("No label", "No team", "No customer")
    for text, _meaning in examples():
        problems = search(text, workspace=world.workspace, agent=ana, after="", now=at(9)).problems
        assert [problem for problem in problems if not problem.startswith(names)] == [], text


def test_it_goes_on_where_the_page_ended(world: World, ana: Agent, signed_in: SignIn) -> None:
    for n in range(45):
        world.case(f"Parcel number {n} is late", when=n)
    index_everything()
    client = signed_in(ana)
    first = client.get(f"{HOME}?q=parcel").content.decode()
    assert (first.count("case-row"), "after=" in first) == (40, True)
    after = first.split("after=")[1].split('"')[0]
    rest = client.get(f"{HOME}?q=parcel&after={quote(after)}").content.decode()
    assert (rest.count("case-row"), "after=" in rest) == (5, False)


def test_queries_do_not_grow_with_what_is_found(cases: World, ana: Agent) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            search("parcel", workspace=cases.workspace, agent=ana, after="", now=at(60))
        return len(captured)

    before = queries()
    for n in range(6):
        cases.case(f"Parcel {n}", when=n + 2)
    index_everything()
    assert queries() == before


def test_other_workspaces_are_not_searched(cases: World, signed_in: SignIn) -> None:
    other = World(slug="other")
    page = signed_in(other.agent("Bea")).get("/w/other/search/?q=refund").content.decode()
    assert "Nothing found" in page
