"""The pages of customers: the journey, merging on evidence, taking it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.care.decide import dispute_resolution
from goodword.care.models import Case, Delivery
from goodword.care.resolve import resolve_case
from goodword.people.merge import merge_people
from goodword.people.models import Identity, Person, PersonMerge
from goodword.staff.models import Agent, Role
from goodword.web.customer import read_journey
from tests.care.world import World, at

SignIn = Callable[[Agent], Client]


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


@pytest.fixture
def mara(world: World) -> Person:
    identity = world.identity("mara")
    Person.objects.filter(pk=identity.person_id).update(name="Mara")
    return Person.objects.get(pk=identity.person_id)


@pytest.fixture
def case(world: World, mara: Person) -> Case:
    return world.case("My <b>parcel</b> never came", identity=mara.identities.get())


def address(person: Person, more: str = "") -> str:
    return f"/w/harbour/customers/{person.pk}/{more}"


def test_the_journey_tells_it_in_words(world: World, ana: Agent, mara: Person, case: Case) -> None:
    world.reply(case, ana, "On it", when=1)
    world.reply(case, ana, "Did not arrive", when=2, delivery=Delivery.FAILED)
    dispute_resolution(episode=resolve_case(case=case, by=ana, ask=False, now=at(4)), now=at(5))
    merge_people(kept=mara, absorbed=world.identity("m2").person, evidence="Same", by=ana, now=at(6))
    lines = [(line.who if not line.words else line.words, line.badge) for line in read_journey(mara).lines]
    assert lines[0][0].startswith("Ana found that")
    assert lines[1:] == [
        ("The customer says that it is not solved", ""),
        ("The case was reopened", ""),
        ("Ana resolved it", ""),
        ("Did not arrive", "not sent"),
        ("On it", ""),
        ("My <b>parcel</b> never came", ""),
    ]
    assert {line.number for line in read_journey(mara).lines} == {case.number, None}


def test_the_page_shows_words_as_words_and_goes_on(
    world: World, ana: Agent, mara: Person, case: Case, signed_in: SignIn
) -> None:
    for minute in range(60):
        world.inbound(case, f"And number {minute}", when=minute + 1)
    client = signed_in(ana)
    page = client.get(address(mara))
    text = page.content.decode()
    assert text.count("<h1") == 1
    assert "And number 59" in text
    assert "never came</b>" not in text
    after = text.split("?after=")[1].split('"')[0]
    older = client.get(address(mara, f"?after={after}")).content.decode()
    assert "My &lt;b&gt;parcel&lt;/b&gt; never came" in older
    assert "And number 59" not in older


def test_queries_do_not_grow_with_the_journey(world: World, mara: Person, case: Case) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read_journey(mara)
        return len(captured)

    before = queries()
    for minute in range(10):
        world.inbound(case, when=minute + 1)
    assert queries() == before


def test_somebody_else_is_found_merged_on_evidence_and_taken_out_again(
    world: World, ana: Agent, mara: Person, case: Case, signed_in: SignIn
) -> None:
    other = world.identity("mara.j", channel="email")
    client = signed_in(ana)
    assert "@mara.j" in client.get(address(mara, "merge/?q=mara.")).content.decode()
    without = client.post(address(mara, "merge/"), {"absorbed": other.person_id, "evidence": " "})
    assert without.status_code == 422
    assert "Write how you know" in without.content.decode()
    said = {"absorbed": other.person_id, "evidence": "The same order"}
    assert client.post(address(mara, "merge/"), said).headers["Location"] == address(mara)
    assert client.get(address(other.person)).headers["Location"] == address(mara)
    page = client.get(address(mara)).content.decode()
    assert "The same order" in page
    merge = PersonMerge.objects.get()
    assert client.post(address(mara, f"merges/{merge.pk}/undoing/")).status_code == 303
    other.refresh_from_db()
    assert other.person_id != mara.pk
    assert client.post(address(mara, f"merges/{merge.pk}/undoing/")).status_code == 303
    assert "undone already" in client.get(address(mara)).content.decode()


def test_two_verified_people_are_merged_only_when_said_twice(
    world: World, ana: Agent, mara: Person, signed_in: SignIn
) -> None:
    Identity.objects.filter(person=mara).update(verified=True)
    other = world.identity("other", verified=True).person
    client, said = signed_in(ana), {"absorbed": other.pk, "evidence": "She told me on the phone"}
    first = client.post(address(mara, "merge/"), said)
    assert first.status_code == 422
    assert "She told me on the phone" in first.content.decode()
    assert f'name="confirmed" value="{other.pk}"' in " ".join(first.content.decode().split())
    assert client.post(address(mara, "merge/"), said | {"confirmed": str(other.pk)}).status_code == 303
    other.refresh_from_db()
    assert other.merged_into == mara


@pytest.mark.parametrize("chosen", ["", "x", "99999999999999999999", "0"])
def test_a_choice_that_is_none_says_so(ana: Agent, mara: Person, signed_in: SignIn, chosen: str) -> None:
    answer = signed_in(ana).post(address(mara, "merge/"), {"absorbed": chosen, "evidence": "Same"})
    assert answer.status_code == 422
    assert "Choose who else it is." in answer.content.decode()


def test_viewers_read_and_merge_nobody(world: World, mara: Person, signed_in: SignIn) -> None:
    client = signed_in(world.agent("Vera", Role.VIEWER))
    page = client.get(address(mara))
    assert page.status_code == 200
    assert "merge/" not in page.content.decode()
    assert client.get(address(mara, "merge/")).status_code == 403


def test_the_list_finds_and_says_when_nobody_is_called_so(ana: Agent, mara: Person, signed_in: SignIn) -> None:
    client = signed_in(ana)
    assert address(mara) in client.get("/w/harbour/customers/").content.decode()
    assert address(mara) in client.get("/w/harbour/customers/?q=@Mar").content.decode()
    assert "Nobody is called “zoe”" in client.get("/w/harbour/customers/?q=zoe").content.decode()


def test_it_is_written_on_the_customers_page(world: World, signed_in: SignIn) -> None:
    case = world.case()
    person = case.identity.person
    page = f"/w/harbour/customers/{person.pk}/"
    client = signed_in(world.agent())
    assert client.post(page + "description/", {"name": "Mara", "about": "<b>VIP</b>"}).status_code == 303
    for shown in (page, f"/w/harbour/cases/{case.number}/beside/"):
        assert "&lt;b&gt;VIP&lt;/b&gt;" in client.get(shown).content.decode()
    refused = client.post(page + "description/", {"name": "M" * 201, "about": "kept"})
    assert refused.status_code == 422
    assert ">kept" in refused.content.decode().replace("\n", "")
    assert signed_in(world.agent("Vera", Role.VIEWER)).get(page + "description/").status_code == 403
