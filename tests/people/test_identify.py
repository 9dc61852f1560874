"""Who spoke: made once, learned anew, forgotten never."""

from __future__ import annotations

import pytest

from goodword.connectors.contract import Author
from goodword.people import identify as identify_module
from goodword.people.describe import describe_person
from goodword.people.identify import identify
from goodword.people.models import Identity, Person
from tests.care.world import World, at


@pytest.fixture
def world(db: None) -> World:
    return World()


def meet(world: World, *authors: Author, ours: bool = False, channel: str = "social") -> dict[str, Identity]:
    spoken = [(author, ours) for author in authors]
    return identify(workspace_id=world.workspace.pk, channel=channel, authors=spoken, now=at(1))


def test_each_who_is_new_gets_a_person_of_their_own_and_is_known_from_then_on(world: World) -> None:
    mara, ben = Author("1", handle="mara", name="Mara Lind"), Author("2", handle="ben")
    met = meet(world, mara, ben, mara)
    assert {identity.person.display_name for identity in met.values()} == {"Mara Lind", "@ben"}
    assert meet(world, ben)["2"].pk == met["2"].pk
    assert meet(world, mara, channel="email")["1"].person_id != met["1"].person_id
    assert meet(World(slug="elsewhere"), mara)["1"].workspace.slug == "elsewhere"
    assert Person.objects.of(world.workspace).count() == 3


def test_what_is_told_anew_is_kept_and_what_is_left_out_not_forgotten(world: World) -> None:
    meet(world, Author("1", handle="mara", name="Mara", email="m@example.com", followers=10, verified=True))
    meet(world, Author("1", name="Mara Lind", followers=0), ours=True)
    (known,) = Identity.objects.all()
    assert (known.handle, known.name, known.email) == ("mara", "Mara Lind", "m@example.com")
    assert (known.followers, known.verified, known.ours) == (0, True, True)
    meet(world, Author("1", name="Mara Lind"))
    assert Identity.objects.get().ours


def test_who_is_renamed_on_their_channel_is_renamed_here_unless_a_colleague_named_them(world: World) -> None:
    person = meet(world, Author("1", name="Mara"))["1"].person
    meet(world, Author("1", name="Mara Lind"))
    assert Person.objects.get(pk=person.pk).display_name == Identity.objects.get().customer_name == "Mara Lind"
    describe_person(person=person, name="Mrs Lind", about="", by=world.agent(), now=at(2))
    meet(world, Author("1", name="Mara L."))
    assert Person.objects.get(pk=person.pk).display_name == Identity.objects.get().customer_name == "Mrs Lind"


def test_what_another_source_learned_meanwhile_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meet(world, Author("1", name="Mara", followers=10))
    look = identify_module._known

    def looked_before(workspace_id: int, channel: str, native_ids: list[str]) -> dict[str, Identity]:
        found = look(workspace_id, channel, native_ids)
        Identity.objects.update(ours=True, email="m@example.com")
        return found

    monkeypatch.setattr(identify_module, "_known", looked_before)
    told = meet(world, Author("1", name="Mara Lind"))["1"]
    (known,) = Identity.objects.all()
    assert (known.name, known.ours, known.email, known.followers) == ("Mara Lind", True, "m@example.com", 10)
    assert (told.name, told.ours) == ("Mara Lind", True)
