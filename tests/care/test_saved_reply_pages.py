"""The pages of the saved replies."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.care.models import SavedReply
from goodword.care.saved_replies import save_reply
from goodword.staff.models import Role
from tests.care.world import NOON, World

HOME = "/w/harbour/replies/"
GOOD = {"shortcut": "refund", "title": "Refund", "text": "Hello {{customer.first_name}}, it is on its way."}


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.agent(role.name.title(), role))
    return client


@pytest.fixture
def lead(world: World) -> Client:
    return signed_in(world, Role.LEAD)


def test_a_lead_writes_changes_and_deletes(lead: Client) -> None:
    assert "No saved replies yet" in lead.get(HOME).content.decode()
    assert lead.post(f"{HOME}new/", GOOD).headers["Location"] == HOME
    reply = SavedReply.objects.get()
    assert "Hello {{customer.first_name}}" in lead.get(HOME).content.decode()
    assert 'value="refund"' in lead.get(f"{HOME}{reply.pk}/").content.decode()
    assert lead.post(f"{HOME}{reply.pk}/", GOOD | {"title": "Refunded"}).status_code == 303
    reply.refresh_from_db()
    assert reply.title == "Refunded"
    assert "gone for good" in lead.get(f"{HOME}{reply.pk}/deletion/").content.decode()
    assert SavedReply.objects.exists()
    assert lead.post(f"{HOME}{reply.pk}/deletion/").status_code == 303
    assert not SavedReply.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"shortcut": "two words"}, "valid “slug”"),
        ({"shortcut": "taken"}, "choose another"),
        ({"text": "Hello {{customer.first}}"}, "{{customer.first_name}}"),
        ({"text": " "}, "This field is required"),
        ({"title": "t" * 121}, "at most 120"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    world: World, lead: Client, wrong: dict[str, str], says: str
) -> None:
    save_reply(workspace=world.workspace, by=None, shortcut="taken", title="Taken", text="Hi", now=NOON)
    typed = {"shortcut": "mine", "title": "A title I typed", "text": "Words I typed"} | wrong
    answer = lead.post(f"{HOME}new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "A title I typed" in page or "Words I typed" in page
    assert SavedReply.objects.count() == 1


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
def test_others_read(world: World, role: Role) -> None:
    reply = save_reply(workspace=world.workspace, by=None, now=NOON, **GOOD)
    client = signed_in(world, role)
    page = client.get(HOME).content.decode()
    assert "Refund" in page
    assert "Write one" not in page
    for address in (f"{HOME}new/", f"{HOME}{reply.pk}/", f"{HOME}{reply.pk}/deletion/"):
        assert client.post(address, GOOD).status_code == 403
