"""The pages of the team."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from goodword.staff.models import Agent, Membership, Role, Team
from tests.care.world import World

HOME = "/w/harbour/team/"
NEW = {"email": "new@example.org", "name": "New One", "role": "agent"}


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def test_the_link_is_shown_once_and_works(admin: Agent) -> None:
    client = signed_in(admin)
    answer = client.post(f"{HOME}invitations/", NEW)
    page = answer.content.decode()
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (200, True)
    found = re.search(r'value="https?://[^/"]+(/sign-in/[^"]+)"', page)
    assert found
    assert found[1] not in client.get(HOME).content.decode()
    assert Client().get(found[1]).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "nobody"}, "valid email address"),
        ({"email": "ada@harbour.example"}, "is a member already"),
        ({"name": ""}, "This field is required"),
        ({"role": "king"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_kept(admin: Agent, wrong: dict[str, str], says: str) -> None:
    answer = signed_in(admin).post(f"{HOME}invitations/", NEW | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert wrong.get("email", NEW["email"]) in answer.content.decode()
    assert Membership.objects.count() == 1


def test_a_role_is_changed_and_somebody_taken_out(world: World, admin: Agent) -> None:
    zoe, client = world.agent("Zoe"), signed_in(admin)
    address = f"{HOME}members/{zoe.pk}/"
    assert "Zoe" in client.get(address).content.decode()
    assert client.post(address, {"role": "lead"}).headers["Location"] == HOME
    assert Membership.objects.get(agent=zoe).role == Role.LEAD
    assert client.post(address, {"role": "king"}).status_code == 422
    assert client.post(f"{address}removal/").status_code == 303
    assert client.get(address).status_code == 404
    last = client.post(f"{HOME}members/{admin.pk}/removal/")
    assert last.status_code == 422
    assert "last admin" in last.content.decode()


def test_leads_make_teams_and_admit_nobody(world: World) -> None:
    lead = world.agent("Lea", Role.LEAD)
    client = signed_in(lead)
    assert client.post(f"{HOME}teams/new/", {"name": "Night", "agent": [lead.pk, "x"]}).status_code == 303
    team = Team.objects.get()
    assert list(team.members.all()) == [lead]
    assert 'value="Night"' in client.get(f"{HOME}teams/{team.pk}/").content.decode()
    empty = client.post(f"{HOME}teams/{team.pk}/", {"name": ""})
    assert empty.status_code == 422
    assert client.post(f"{HOME}teams/{team.pk}/deletion/").status_code == 303
    assert not Team.objects.exists()
    assert client.post(f"{HOME}invitations/", NEW).status_code == 403
    assert client.post(f"{HOME}members/{lead.pk}/", {"role": "admin"}).status_code == 403


def test_viewers_see_who_is_there(world: World, admin: Agent) -> None:
    page = signed_in(world.agent("Vera", Role.VIEWER)).get(HOME).content.decode()
    assert "ada@harbour.example" in page
    assert "Invite somebody" not in page
    assert "New team" not in page
