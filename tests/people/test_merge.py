"""Two people turn out to be one, and two again."""

from __future__ import annotations

import pytest

from goodword.kernel.models import FactRow
from goodword.people.merge import BothVerified, CannotMergePeople, CannotUndoMerge, merge_people, undo_merge_people
from goodword.people.models import Identity, Person
from goodword.staff.models import Agent
from tests.care.world import World, at


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent("Ana")


def whose() -> dict[str, int]:
    return dict(Identity.objects.values_list("handle", "person_id"))


def test_identities_move_and_cases_follow_through_them(world: World, ana: Agent) -> None:
    mara, mail = world.identity("mara"), world.identity("mara@example.org", channel="email")
    case = world.case(identity=mail)
    merge = merge_people(kept=mara.person, absorbed=mail.person, evidence="Same order number", by=ana, now=at(1))
    assert set(whose().values()) == {mara.person_id}
    assert (merge.identities, merge.evidence) == ([mail.pk], "Same order number")
    case.refresh_from_db()
    assert case.identity.person == mara.person
    assert Person.objects.get(pk=mail.person_id).merged_into == mara.person
    assert merge.absorbed_name == "@mara@example.org"
    assert FactRow.objects.get().subject == f"person:{mara.person_id}"


def test_undoing_gives_back_what_was_taken(world: World, ana: Agent) -> None:
    mara, mail, chat = (world.identity(name) for name in ("mara", "mail", "chat"))
    before = whose()
    first = merge_people(kept=mara.person, absorbed=mail.person, evidence="Said so", by=ana, now=at(1))
    second = merge_people(kept=chat.person, absorbed=mara.person, evidence="Said so", by=ana, now=at(2))
    with pytest.raises(CannotUndoMerge):
        undo_merge_people(merge=first, by=ana, now=at(3))
    undo_merge_people(merge=second, by=ana, now=at(4))
    undo_merge_people(merge=first, by=ana, now=at(5))
    assert whose() == before
    assert not Person.objects.exclude(merged_into=None).exists()
    with pytest.raises(CannotUndoMerge):
        undo_merge_people(merge=first, by=ana, now=at(6))
    assert FactRow.objects.filter(kind="PeopleMergeUndone").count() == 2


def describe(identity: Identity, **said: str) -> Person:
    Person.objects.filter(pk=identity.person_id).update(**said)
    return Person.objects.get(pk=identity.person_id)


def said_of(person: Person) -> tuple[str, str, str]:
    person.refresh_from_db()
    return person.name, person.about, person.zone


def test_what_colleagues_wrote_of_both_stands_together_until_it_is_undone(world: World, ana: Agent) -> None:
    kept = describe(world.identity("mara"), about="Blind: no pictures.")
    absorbed = describe(world.identity("mail"), name="Mara Lind", about="Climbs.", zone="Asia/Tokyo")
    merge = merge_people(kept=kept, absorbed=absorbed, evidence="Said so", by=ana, now=at(1))
    assert said_of(kept) == ("Mara Lind", "Blind: no pictures.\n\nClimbs.", "Asia/Tokyo")
    undo_merge_people(merge=merge, by=ana, now=at(2))
    assert said_of(kept) == ("", "Blind: no pictures.", "")
    assert said_of(absorbed) == ("Mara Lind", "Climbs.", "Asia/Tokyo")


def test_what_stands_already_stays_and_so_does_what_was_written_since(world: World, ana: Agent) -> None:
    kept = describe(world.identity("mara"), name="M. Lind", about="Climbs. Blind.", zone="Europe/Oslo")
    absorbed = describe(world.identity("mail"), name="Mara Lind", about="Climbs.", zone="Asia/Tokyo")
    merge_people(kept=kept, absorbed=absorbed, evidence="Said so", by=ana, now=at(1))
    assert said_of(kept) == ("M. Lind", "Climbs. Blind.", "Europe/Oslo")
    third = describe(world.identity("third"), about="Has a dog.")
    merge = merge_people(kept=kept, absorbed=third, evidence="Said so", by=ana, now=at(2))
    Person.objects.filter(pk=kept.pk).update(about="Climbs, with a dog.")
    undo_merge_people(merge=merge, by=ana, now=at(3))
    assert said_of(kept) == ("M. Lind", "Climbs, with a dog.", "Europe/Oslo")


@pytest.mark.parametrize("channel", ["recorded", "email"])
def test_two_verified_people_are_merged_only_by_who_says_so_twice(world: World, ana: Agent, channel: str) -> None:
    mara, other = world.identity("mara", verified=True), world.identity("other", verified=True, channel=channel)
    with pytest.raises(BothVerified):
        merge_people(kept=mara.person, absorbed=other.person, evidence="Same name", by=ana, now=at(1))
    assert len(set(whose().values())) == 2
    merge_people(kept=mara.person, absorbed=other.person, evidence="Passport", by=ana, confirmed=True, now=at(2))
    assert len(set(whose().values())) == 1


def test_one_verified_identity_is_no_obstacle(world: World, ana: Agent) -> None:
    mara, other = world.identity("mara", verified=True), world.identity("other")
    merge_people(kept=mara.person, absorbed=other.person, evidence="Same order", by=ana, now=at(1))
    assert len(set(whose().values())) == 1


def test_what_can_not_be_merged(world: World, ana: Agent) -> None:
    mara, other, foreign = world.identity("mara"), world.identity("other"), World(slug="elsewhere").identity("mara")
    for kept, absorbed, evidence in (
        (mara, mara, "Same"),
        (mara, foreign, "Same"),
        (mara, other, "  "),
    ):
        with pytest.raises(CannotMergePeople):
            merge_people(kept=kept.person, absorbed=absorbed.person, evidence=evidence, by=ana, now=at(1))
    merge_people(kept=mara.person, absorbed=other.person, evidence="Same", by=ana, now=at(1))
    third = world.identity("third")
    with pytest.raises(CannotMergePeople):
        merge_people(
            kept=third.person, absorbed=Person.objects.get(pk=other.person_id), evidence="x", by=ana, now=at(2)
        )
