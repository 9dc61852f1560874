"""Migrations are safe on a full table: what locks one for long, or breaks the code that still runs, is refused.

Each room's first migration makes empty tables and may do anything; the rules hold for every one after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, Field

OURS = "goodword."


def later_migrations() -> list[Migration]:
    loader = MigrationLoader(None)
    ours = [migration for migration in loader.disk_migrations.values() if migration.__module__.startswith(OURS)]
    return sorted((each for each in ours if not each.initial), key=lambda each: (each.app_label, each.name))


def troubles(migration: Migration) -> Iterator[str]:
    """What is not safe about a migration, each in a sentence with what to do instead."""
    fresh = {each.name_lower for each in migration.operations if isinstance(each, operations.CreateModel)}
    for each in migration.operations:
        if getattr(each, "model_name", "").lower() in fresh:
            continue
        yield from _of_indexes(each)
        yield from _of_fields(each)
        if isinstance(each, operations.RunPython | operations.RunSQL) and migration.atomic:
            yield "rows rewritten in one transaction stay locked to its end: do it in batches, with atomic = False"
    waits = any(isinstance(each, AddIndexConcurrently | RemoveIndexConcurrently) for each in migration.operations)
    if waits and migration.atomic:
        yield "an index is made concurrently outside of a transaction only: say atomic = False"


def _of_indexes(each: Operation) -> Iterator[str]:
    if isinstance(each, operations.AddIndex) and not isinstance(each, AddIndexConcurrently):
        yield f"index {each.index.name} locks out writers while it is made: use AddIndexConcurrently"
    if isinstance(each, operations.RemoveIndex) and not isinstance(each, RemoveIndexConcurrently):
        yield f"index {each.name} is removed under a lock that waits for every reader: use RemoveIndexConcurrently"
    if isinstance(each, operations.AddConstraint):
        yield f"constraint {each.constraint.name} is checked under a lock: add it NOT VALID and validate it afterwards"


def _of_fields(each: Operation) -> Iterator[str]:
    if isinstance(each, operations.AddField):
        yield from _of_new(each.field, each.name)
    if isinstance(each, operations.RenameField | operations.RenameModel):
        yield "the code that still runs knows the old name: add a new one, copy, and remove the old one later"


def _of_new(field: Field[Any, Any], name: str) -> Iterator[str]:
    if not field.null and field.db_default is NOT_PROVIDED and not field.many_to_many:
        yield f"{name}: the code that still runs inserts rows without it: give it a db_default or null=True"
    if getattr(field, "db_index", False) or field.unique:
        yield f"{name}: its index is made under a lock: add the field plainly, and the index concurrently"


def test_later_migrations_are_safe_on_a_full_table() -> None:
    found = {str(migration): trouble for migration in later_migrations() for trouble in troubles(migration)}
    assert found == {}


def test_the_rules_see_what_is_unsafe() -> None:
    from django.db import models

    class Unsafe(Migration):
        operations = [
            operations.AddIndex("case", models.Index(fields=["risk"], name="by_risk")),
            operations.AddField("case", "rank", models.IntegerField(default=0)),
            operations.AddField("case", "owner", models.ForeignKey("staff.Agent", models.CASCADE, null=True)),
            operations.RenameField("case", "risk", "danger"),
            operations.RunSQL("UPDATE care_case SET risk = 0"),
        ]

    found = " ".join(troubles(Unsafe("later", "care")))
    for word in ("AddIndexConcurrently", "rank: ", "owner: ", "old name", "in batches"):
        assert word in found


def test_what_is_new_may_be_made_in_one_go() -> None:
    from django.db import models

    class New(Migration):
        operations = [
            operations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))]),
            operations.AddIndex("thing", models.Index(fields=["id"], name="things")),
        ]

    assert list(troubles(New("later", "care"))) == []
