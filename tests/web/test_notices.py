"""Notices: one's own, until read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from goodword.care.assign import assign_case
from goodword.staff.models import Agent, Notice, Role
from goodword.staff.notify import notify
from goodword.web.notices import read_page
from tests.care.world import World, at

SignIn = Callable[[Agent], Client]
HOME = "/w/harbour/notices/"


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


def test_opening_one_reads_it_and_goes_to_the_case(world: World, ana: Agent, signed_in: SignIn) -> None:
    case = world.case("My <b>parcel</b>")
    assign_case(case=case, by=world.agent("Tom", Role.LEAD), to=ana, now=at(1))
    client, notice = signed_in(ana), Notice.objects.get()
    page = client.get(HOME).content.decode()
    assert "My &lt;b&gt;parcel" in page
    assert "1 new" in page
    assert f"case {case.number}" in page
    assert client.get(f"{HOME}{notice.pk}/reading/").status_code == 405
    answer = client.post(f"{HOME}{notice.pk}/reading/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/w/harbour/cases/{case.number}/")
    assert "1 new" not in client.get(HOME).content.decode()


def test_nobody_reads_anothers(world: World, ana: Agent, signed_in: SignIn) -> None:
    tom = world.agent("Tom", Role.ADMIN)
    tell(world, ana, 1)
    client = signed_in(tom)
    assert "notice 0" not in client.get(HOME).content.decode()
    assert client.post(f"{HOME}{Notice.objects.get().pk}/reading/").status_code == 404
    assert client.post(f"{HOME}reading/").status_code == 303
    assert Notice.objects.get().read_at is None


def test_all_at_once_and_page_by_page(world: World, ana: Agent, signed_in: SignIn) -> None:
    tell(world, ana, 45)
    first = read_page(world.workspace, ana)
    rest = read_page(world.workspace, ana, before=first.before)
    told = [one.notice.text for page in (first, rest) for one in page.told]
    assert told == [f"notice {n}" for n in reversed(range(45))]
    assert rest.before is None
    signed_in(ana).post(f"{HOME}reading/")
    assert not Notice.objects.filter(read_at=None).exists()


def test_what_is_about_nothing_leads_back_to_the_list(world: World, ana: Agent, signed_in: SignIn) -> None:
    tell(world, ana, 1)
    answer = signed_in(ana).post(f"{HOME}{Notice.objects.get().pk}/reading/")
    assert answer.headers["Location"] == HOME


def test_an_empty_list_says_what_would_stand_there(ana: Agent, signed_in: SignIn) -> None:
    assert "Nothing yet" in signed_in(ana).get(HOME).content.decode()


def tell(world: World, agent: Agent, times: int) -> None:
    for n in range(times):
        notify(
            workspace_id=world.workspace.pk,
            agent_ids=[agent.pk],
            kind=Notice.Kind.MENTIONED,
            subject="case:0",
            text=f"notice {n}",
            now=at(n),
        )
