from __future__ import annotations

import pytest

from goodword.triage.models import Area, Audience, Cause
from goodword.triage.save_cause import BadCause, retire_cause, save_area, save_cause
from tests.care.world import World, at

pytestmark = pytest.mark.django_db


def area(world: World, name: str = "Delivery") -> Area:
    return save_area(workspace=world.workspace, name=name, audiences=[Audience.SERVICE], by=None, now=at(0))


def cause(world: World, where: Area, name: str = "Late parcel") -> Cause:
    return save_cause(workspace=world.workspace, area=where, name=name, by=None, now=at(0))


def test_a_cause_is_named_with_its_area() -> None:
    world = World()
    made = cause(world, area(world), "  Late   parcel ")
    assert str(made) == "Delivery › Late parcel"
    assert world.facts() == ["AreaSaved", "CauseSaved"]


def test_a_name_is_taken_in_any_case_but_only_within_its_area_and_workspace() -> None:
    world, other = World(), World("other")
    delivery = area(world)
    cause(world, delivery)
    with pytest.raises(BadCause):
        cause(world, delivery, "LATE parcel")
    with pytest.raises(BadCause):
        area(world, "delivery")
    cause(world, area(world, "App"))
    cause(other, area(other))
    assert Cause.objects.of(world.workspace).count() == 2


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "\x00"])
def test_a_cause_without_a_usable_name_is_refused(name: str) -> None:
    world = World()
    with pytest.raises(BadCause):
        cause(world, area(world), name)


def test_an_area_of_another_workspace_is_refused() -> None:
    world = World()
    with pytest.raises(BadCause):
        cause(world, area(World("other")))


def test_a_retired_cause_is_in_use_again_once_it_is_saved() -> None:
    world = World()
    made = cause(world, area(world))
    retire_cause(cause=made, by=None, now=at(1))
    retired = retire_cause(cause=made, by=None, now=at(2))
    assert retired.retired_at == at(1)
    assert not Cause.objects.of(world.workspace).in_use().exists()
    save_cause(workspace=world.workspace, cause=made, area=made.area, name=made.name, by=None, now=at(3))
    assert Cause.objects.of(world.workspace).in_use().get() == made
    assert world.facts().count("CauseRetired") == 1
