"""A code goes out in private only, from the customer's page, and what an agent is writing stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from goodword.care.ask_for_proof import ask_for_proof
from goodword.care.draft import save_draft
from goodword.care.models import Draft, Message, MessageKind
from goodword.care.terms import NotAllowed
from goodword.kernel.clock import current_time
from goodword.listen.hear_proofs import hear_proofs
from goodword.listen.models import Source
from goodword.people.models import ControlProof, Identity
from tests.care.postbox import open_postbox, set_mood
from tests.care.world import World, at


@pytest.fixture
def postbox(world: World, tmp_path: Path) -> Source:
    source = open_postbox(world, tmp_path / "posts")
    set_mood(source, public=True, can_reply_privately=True)
    return source


@pytest.fixture
def other(world: World) -> Identity:
    return world.identity("mara.example", channel="bluesky")


def test_it_is_asked_in_private_and_only_where_that_can_be(world: World, postbox: Source, other: Identity) -> None:
    case, ana = world.case(source=postbox), world.agent()
    save_draft(case=case, by=ana, kind=MessageKind.REPLY, text="Dear Mara", private=False, now=at(1))
    message = ask_for_proof(case=case, other=other.person, by=ana, now=at(2))
    assert message.private
    assert re.search(r"\bGW-\w{4}-\w{4}\b", message.text)
    assert "mara.example" not in message.text, "who isn't them must not learn who else is a customer"
    assert Draft.objects.get().text == "Dear Mara"
    set_mood(postbox, public=True, can_reply_privately=False)
    with pytest.raises(NotAllowed):
        ask_for_proof(case=world.case(source=postbox), other=other.person, by=ana, now=at(3))
    assert ControlProof.objects.count() == 1


def test_from_the_page_of_a_customer_to_one_person(world: World, postbox: Source, other: Identity) -> None:
    case = world.case(source=postbox)
    Identity.objects.filter(pk__in=[case.identity_id, other.pk]).update(name="Mara")
    client = Client()
    client.force_login(world.agent())
    address = f"/w/harbour/customers/{case.identity.person_id}/"
    page = client.get(address).content.decode()
    assert "the same name, Mara" in page
    assert client.post(f"{address}proof/", {"other": other.person_id}).status_code == 303
    assert "Waiting for a code" in client.get(address).content.decode()
    code = re.search(r"GW-\w{4}-\w{4}", Message.objects.get(kind=MessageKind.REPLY).text)
    assert code is not None
    ControlProof.objects.update(at=at(0))
    vouches = world.new_source("Bluesky", "bluesky", connector="simulator")
    world.inbound(world.case("Hello", identity=other, source=vouches), code[0], when=5)
    assert hear_proofs(now=current_time()) == 1
    page = client.get(address).content.decode()
    assert "Waiting for a code" not in page
    assert "in private was said by" in page
    assert "They are two people" in page
