"""The pages of promises."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from goodword.care.models import Case
from goodword.kernel.clock import current_time
from goodword.promises.make import Confirmed, make_promises
from goodword.promises.models import Promise, Standing
from goodword.staff.models import Agent, Role
from tests.care.world import World

HOME = "/w/harbour/promises/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent()


@pytest.fixture
def client(ana: Agent) -> Client:
    made = Client()
    made.force_login(ana)
    return made


def promise(case: Case, by: Agent, *, hours: float, text: str = "We'll call you back.") -> Promise:
    now = current_time()
    [made] = make_promises(
        case_id=case.pk,
        case_number=case.number,
        person=case.identity.person,
        text=text,
        confirmed=[Confirmed(text, now + timedelta(hours=hours))],
        by=by,
        now=now,
    )
    return made


def test_the_list_shows_what_falls_due_next_first_and_whose_it_is(world: World, ana: Agent, client: Client) -> None:
    case, tom = world.case(), world.agent("Tom")
    promise(case, ana, hours=50, text="I'll send it later.")
    promise(case, ana, hours=2, text="I'll ring you first.")
    promise(case, tom, hours=1, text="I'll look, says Tom.")
    mine, all_ = client.get(HOME).content.decode(), client.get(f"{HOME}?whose=all").content.decode()
    assert mine.index("ring you first") < mine.index("send it later")
    assert "says Tom" not in mine
    assert "says Tom" in all_
    assert "Nothing to be kept" not in mine
    assert client.get(f"{HOME}?show=nonsense&start=x").status_code == 200


def test_a_promise_is_kept_and_taken_back(world: World, ana: Agent, client: Client) -> None:
    made = promise(world.case(), ana, hours=2)
    assert "What shows it" in client.get(f"{HOME}{made.pk}/keeping/").content.decode()
    answer = client.post(f"{HOME}{made.pk}/keeping/", {"evidence": "R-12"}, headers=HTMX)
    assert (answer.status_code, "promises-changed" in answer.headers["HX-Trigger"]) == (204, True)
    made.refresh_from_db()
    assert (made.standing, made.evidence) == (Standing.KEPT, "R-12")
    assert "R-12" in client.get(f"{HOME}?show=kept").content.decode()
    again = client.post(f"{HOME}{made.pk}/keeping/")
    assert (again.status_code, "settled" in again.content.decode()) == (422, True)
    assert client.post(f"{HOME}{made.pk}/keeping/withdrawal/").headers["Location"] == HOME
    made.refresh_from_db()
    assert made.standing == Standing.OPEN


def test_another_time_needs_a_time_and_a_word_and_keeps_what_was_typed(
    world: World, ana: Agent, client: Client
) -> None:
    made = promise(world.case(), ana, hours=2)
    address = f"{HOME}{made.pk}/renegotiation/"
    later = (current_time() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    for fields, says in (
        ({"due": "", "agreed": "She said yes"}, "Say by when"),
        ({"due": "2001-01-01T10:00", "agreed": "She said yes"}, "no day and hour"),
        ({"due": later, "agreed": ""}, "moved in silence"),
    ):
        answer = client.post(address, fields)
        page = answer.content.decode()
        assert (answer.status_code, says in page) == (422, True)
        assert all(value in page for value in fields.values())
    assert client.post(address, {"due": later, "agreed": "She said yes"}).status_code == 303
    assert list(Promise.objects.order_by("pk").values_list("standing", flat=True)) == ["renegotiated", "open"]


def test_what_was_only_said_is_confirmed(world: World, ana: Agent, client: Client) -> None:
    made = promise(world.case(), ana, hours=2)
    Promise.objects.update(standing=Standing.SAID, owner=None)
    address = f"{HOME}{made.pk}/confirmation/"
    assert "By when" in client.get(address).content.decode()
    assert client.post(address, {"due": "x"}).status_code == 422
    later = (current_time() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(address, {"due": later}).status_code == 303
    made.refresh_from_db()
    assert (made.standing, made.owner) == (Standing.OPEN, ana)


def test_who_may_only_read_sees_and_changes_nothing(world: World, ana: Agent) -> None:
    made = promise(world.case(), ana, hours=2)
    viewer = Client()
    viewer.force_login(world.agent("Vera", Role.VIEWER))
    assert "keeping" not in viewer.get(f"{HOME}?whose=all").content.decode()
    assert viewer.post(f"{HOME}{made.pk}/keeping/").status_code == 403
