"""The pages about being there."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.honesty.models import SentOver
from goodword.promises.models import BrandPage, PresencePromise
from goodword.staff.models import Role
from tests.care.world import World

HOME = "/w/harbour/being-there/"
TYPED = {"channel": "recorded", "number": "4", "unit": "60", "days_a_week": "5", "hours": "Mon to Fri, 9 to 18"}


@pytest.fixture
def world(db: None) -> World:
    return World()


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.agent(role.name.title(), role))
    return client


def test_a_lead_promises_changes_and_withdraws(world: World) -> None:
    lead = signed_in(world, Role.LEAD)
    assert "Nothing is promised" in lead.get(HOME).content.decode()
    assert lead.post(f"{HOME}new/", TYPED).headers["Location"] == HOME
    presence = PresencePromise.objects.get()
    assert (presence.answer_minutes, presence.days_a_week) == (240, 5)
    page = lead.get(HOME).content.decode()
    assert all(part in page for part in ("4 h", "Mon to Fri, 9 to 18", "too few to say"))
    assert 'value="4"' in lead.get(f"{HOME}{presence.pk}/").content.decode()
    assert lead.post(f"{HOME}{presence.pk}/", TYPED | {"number": "30", "unit": "1"}).status_code == 303
    presence.refresh_from_db()
    assert presence.answer_minutes == 30
    assert lead.post(f"{HOME}{presence.pk}/withdrawal/").status_code == 303
    assert not PresencePromise.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"channel": "pigeon"}, "pigeon"),
        ({"number": "0"}, "greater than or equal to 1"),
        ({"number": "15", "unit": "1440"}, "at most fourteen days"),
        ({"days_a_week": "8"}, "less than or equal to 7"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world: World, wrong: dict[str, str], says: str) -> None:
    answer = signed_in(world, Role.LEAD).post(f"{HOME}new/", TYPED | wrong)
    page = answer.content.decode()
    assert (answer.status_code, says in page, "Mon to Fri, 9 to 18" in page) == (422, True, True)
    assert not PresencePromise.objects.exists()


def test_the_page_for_everybody_exists_only_while_it_is_switched_on(world: World) -> None:
    lead, visitor = signed_in(world, Role.LEAD), Client()
    assert visitor.get("/promises/harbour/").status_code == 404
    assert lead.post(f"{HOME}page/", {"shown": "on", "words": "We try."}).status_code == 303
    lead.post(f"{HOME}new/", TYPED)
    page = visitor.get("/promises/harbour/")
    assert page.status_code == 200
    assert all(part in page.content.decode() for part in ("What Harbour promised", "We try.", "Mon to Fri, 9 to 18"))
    lead.post(f"{HOME}page/", {"words": "We try."})
    assert visitor.get("/promises/harbour/").status_code == 404
    assert BrandPage.objects.get().words == "We try."


def test_only_leads_promise_to_everybody(world: World) -> None:
    agent = signed_in(world, Role.AGENT)
    assert agent.get(HOME).status_code == 200
    assert [agent.post(f"{HOME}{path}", TYPED).status_code for path in ("new/", "page/")] == [403, 403]


def test_the_words_for_everybody_are_checked_once_everybody_may_read_them(world: World) -> None:
    lead, address, words = signed_in(world, Role.LEAD), f"{HOME}page/", "You should have read the terms."
    assert lead.post(address, {"words": words}).status_code == 303
    refused = lead.post(address, {"words": words, "shown": "on"})
    assert (refused.status_code, "Blame" in refused.content.decode()) == (422, True)
    assert not BrandPage.objects.get().shown
    assert lead.post(address, {"words": words, "shown": "on", "reason": "It is irony"}).status_code == 303
    over = SentOver.objects.get()
    assert (over.flag, over.subject) == ("blame", f"brand_page:{world.workspace.pk}")
