"""People are found by how a name or a handle begins, and by a whole address."""

from __future__ import annotations

import pytest

from goodword.people.describe import describe_person
from goodword.people.find import find_people, look_alikes
from goodword.people.merge import merge_people
from goodword.people.models import Identity
from tests.care.world import World, at


@pytest.fixture
def world(db: None) -> World:
    return World()


def person(world: World, handle: str, *, name: str = "", email: str = "", ours: bool = False) -> Identity:
    identity = world.identity(handle)
    identity.name, identity.email, identity.ours = name, email, ours
    identity.save()
    return identity


def found(world: World, text: str) -> list[str]:
    page = find_people(text, workspace=world.workspace)
    return [one.identities.all()[0].handle for one in page.people]


def test_by_name_handle_and_address(world: World) -> None:
    person(world, "mara.climbs", name="Mara Jovanović", email="mara@example.org")
    person(world, "dev")
    assert found(world, "MARA j") == found(world, "@mara.c") == found(world, "mara@example.org") == ["mara.climbs"]
    assert found(world, "jovan") == found(world, "ara") == found(world, "\x00%_") == []
    assert found(world, " ") == ["dev", "mara.climbs"]


def test_by_the_name_that_a_colleague_gave(world: World) -> None:
    mara, twin = person(world, "mara.climbs", name="m"), person(world, "mj")
    describe_person(person=mara.person, name="Mara Jovanović", about="", by=world.agent(), now=at(1))
    assert found(world, "mara jov") == ["mara.climbs"]
    describe_person(person=twin.person, name="mara jovanović", about="", by=world.agent("Ben"), now=at(2))
    twin.person.refresh_from_db()
    assert list(look_alikes(twin.person)) == [mara.person]


def test_neither_the_brand_nor_who_was_merged_away_nor_others_customers(world: World) -> None:
    person(world, "harbour", ours=True)
    kept, absorbed = person(world, "kept"), person(world, "absorbed")
    merge_people(kept=kept.person, absorbed=absorbed.person, evidence="Same", by=world.agent(), now=at(0))
    person(World("other"), "stranger")
    assert [one.pk for one in find_people("", workspace=world.workspace).people] == [kept.person_id]
    assert [one.pk for one in find_people("absorbed", workspace=world.workspace).people] == [kept.person_id]


def test_page_by_page_everybody_once(world: World) -> None:
    everybody = [person(world, f"c{n}").person_id for n in range(5)]
    seen: list[int] = []
    before = None
    while True:
        page = find_people("c", workspace=world.workspace, before=before, size=2)
        seen += [one.pk for one in page.people]
        before = page.before
        if before is None:
            break
    assert seen == everybody[::-1]


def test_who_shares_a_name_or_an_address_is_worth_a_look(world: World) -> None:
    mara = person(world, "mara.climbs", name="Mara J", email="mara@example.org").person
    by_name, by_address = person(world, "mj", name="mara j"), person(world, "x", email="mara@example.org")
    person(world, "mara.other", name="Mara K")
    assert {one.pk for one in look_alikes(mara)} == {by_name.person_id, by_address.person_id}
