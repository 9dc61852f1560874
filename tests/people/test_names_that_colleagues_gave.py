"""The migration that empties copied names: those that an account says itself, and no others."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from goodword.people.merge import merge_people
from goodword.people.models import Person, PersonMerge
from tests.care.world import World, at

migration = import_module("goodword.people.migrations.0003_names_that_colleagues_gave")


def test_copies_are_emptied_in_batches_and_what_colleagues_wrote_stays(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "_BATCH", 2)
    world = World()
    named, handled, written, absorbed = (world.identity(name) for name in ("named", "handled", "written", "absorbed"))
    named.name = "Mara Lind"
    named.save()
    merge_people(kept=named.person, absorbed=absorbed.person, evidence="Said so", by=world.agent(), now=at(1))
    PersonMerge.objects.update(absorbed_name="")
    for one, name in ((named, "Mara Lind"), (handled, "handled"), (written, "Mr W"), (absorbed, "absorbed")):
        Person.objects.filter(pk=one.person_id).update(name=name)
    migration.empty_copied_names(None, SimpleNamespace(connection=connection))
    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == ["", "", "Mr W", ""]
    assert PersonMerge.objects.get().absorbed_name == "absorbed"
