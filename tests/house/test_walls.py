"""The walls of the house that import-linter can't see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

import goodword
from goodword.config.flow import flow
from goodword.staff.models import Scoped

HOUSE = Path(goodword.__file__).parent
ROOMS = [
    *("ui", "kernel", "staff", "people", "promises", "honesty", "community", "listen", "triage", "care"),
    *("process", "learn", "insight"),
]  # from the ground up
OURS = [model for model in apps.get_models() if model.__module__.startswith("goodword.")]

# What isn't a brand's data: who signs in, the workspaces themselves, and the kernel's own tables, which name their
# workspace by plain id.
NOT_SCOPED = {"Agent", "Workspace", "Membership", "SignInLink", "FactRow"}

WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
RUNS_SQL = {"execute", "executemany"}
WRITES_SQL = re.compile(r"\b(insert|(?<!for )update|delete|merge|truncate)\b", re.IGNORECASE)
DOORS = {"views", "forms", "reactions", "clock", "api", "urls"}


def modules() -> Iterator[tuple[Path, tuple[str, ...], ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        place = path.relative_to(HOUSE).with_suffix("").parts
        if "migrations" not in place:
            yield path, place, ast.parse(path.read_text())


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField):
            continue
        target = field.related_model
        if not isinstance(target, type) or not target.__module__.startswith("goodword."):
            continue
        assert ROOMS.index(room_of(target)) <= ROOMS.index(room_of(model)), f"{model.__name__}.{field.name} points up"
        if room_of(target) != room_of(model) and model.__name__ not in NOT_SCOPED:
            name = field.remote_field.related_name
            assert str(name).endswith("+") or room_of(model) == "staff", (
                f"{model.__name__}.{field.name} is seen from below"
            )


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_customer_data_belongs_to_a_workspace(model: type[models.Model]) -> None:
    if model._meta.auto_created or model.__name__ in NOT_SCOPED:
        return
    assert issubclass(model, Scoped), f"{model.__name__} belongs to no workspace"


def test_only_verbs_write() -> None:
    """Doors, rules and nouns hold no call that writes; a form's or a session's own save is named here."""
    found = []
    for path, place, tree in modules():
        is_noun = "models" in place
        is_door = bool(DOORS & set(place))
        is_rule = place[-1].startswith("rules")
        if not (is_noun or is_door or is_rule) or place[0] in {"connectors", "language", "config"}:
            continue
        found += [f"{path.relative_to(HOUSE)}:{line} {written}" for line, written in writes_in(tree)]
    assert not found, "\n".join(found)


def writes_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of each call that writes: through a model, or by SQL that isn't known to read only."""
    texts = {
        target.id: _text_of(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        written = ast.unparse(node.func)
        if node.func.attr in WRITES and written not in ALLOWED_WRITES:
            yield node.lineno, written
        if node.func.attr in RUNS_SQL:
            said = node.args[0] if node.args else node
            sql = texts.get(said.id, "") if isinstance(said, ast.Name) else _text_of(said)
            if not sql.strip() or WRITES_SQL.search(sql):
                yield node.lineno, written


def _text_of(node: ast.AST) -> str:
    return " ".join(
        part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        ("case.save()", True),
        ("cursor.execute('UPDATE care_case SET risk = 0')", True),
        ("SQL: Final = 'WITH gone AS (delete FROM care_case RETURNING id) SELECT 1'\ncursor.execute(SQL, [1])", True),
        ("cursor.executemany(f'INSERT INTO {table} VALUES (%s)', rows)", True),
        ("cursor.execute(sql)", True),  # who knows
        ("SQL = 'SELECT updated_at FROM care_case FOR UPDATE'\ncursor.execute(SQL)", False),
        ("texts.update(given)", True),  # a set's or a dict's looks the same: such a line is named as allowed
    ],
)
def test_the_wall_sees_what_writes(code: str, writes: bool) -> None:
    assert bool(list(writes_in(ast.parse(code)))) is writes


# In memory only, or the framework's own.
ALLOWED_WRITES = {"agent.save", "EmailAddress.objects.create"}  # the manager that makes agents


def test_doors_are_opened_from_outside_only() -> None:
    """Nobody but addresses and composition imports a door; a door may share its own room's."""
    found = []
    for path, place, tree in modules():
        if place[0] in {"config", "language"}:
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("goodword."):
                continue
            target = (node.module or "").split(".")[1:]
            if target[0] in {"kernel", "language"} or not DOORS & set(target[1:]):
                continue
            same_room = target[0] == place[0]
            from_door = bool(DOORS & set(place)) or place[-1].startswith("urls")
            if not (same_room and from_door):
                found.append(f"{path.relative_to(HOUSE)}:{node.lineno} imports {node.module}")
    assert not found, "\n".join(found)


def test_the_page_of_facts_is_fresh() -> None:
    page = HOUSE.parent / "docs" / "flow.md"
    assert page.read_text() == flow(), "Run: goodword flow > docs/flow.md"


@pytest.mark.django_db
def test_models_have_no_missing_migrations() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
