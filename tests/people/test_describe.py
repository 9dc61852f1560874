"""What agents say of a customer."""

from __future__ import annotations

import pytest

from goodword.kernel.models import FactRow
from goodword.people.describe import describe_person
from goodword.people.models import Person
from tests.care.world import World, at


@pytest.fixture
def world(db: None) -> World:
    return World()


def test_what_is_said_stands_and_is_told_once(world: World) -> None:
    ana, person = world.agent(), world.identity("mara").person
    for minute in (1, 2):
        describe_person(person=person, name="Mara J", about="Blind: no pictures, please.", by=ana, now=at(minute))
    kept = Person.objects.get(pk=person.pk)
    assert (kept.name, kept.about) == ("Mara J", "Blind: no pictures, please.")
    (fact,) = FactRow.objects.filter(kind="PersonDescribed")
    assert (fact.actor_id, fact.at) == (ana.pk, at(1))
