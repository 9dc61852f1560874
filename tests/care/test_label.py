from __future__ import annotations

import pytest

from goodword.care.label import MOST_AT_ONCE, BadLabel, label_case, named_label, named_labels
from goodword.care.models import Label
from goodword.kernel.models import FactRow
from tests.care.world import World, at


def test_labels_go_on_and_off_and_the_fact_names_what_changed(world: World) -> None:
    ana, case = world.agent(), world.case()
    refund, late, vip = world.label("refund"), world.label("late"), world.label("vip")
    label_case(case=case, by=ana, add=[refund, late], now=at(1))
    label_case(case=case, by=ana, add=[late, vip], remove=[refund], now=at(2))
    assert {label.name for label in case.labels.all()} == {"late", "vip"}
    first, second = FactRow.objects.order_by("pk")
    assert first.data == {"case_id": case.pk, "added": ["late", "refund"], "removed": []}
    assert second.data == {"case_id": case.pk, "added": ["vip"], "removed": ["refund"]}


def test_what_is_so_already_is_no_fact(world: World) -> None:
    case, refund = world.case(), world.label()
    label_case(case=case, by=None, remove=[refund], now=at(1))
    label_case(case=case, by=None, now=at(1))
    assert world.facts() == []


def test_a_label_of_another_workspace_is_refused(world: World) -> None:
    with pytest.raises(BadLabel):
        label_case(case=world.case(), by=None, add=[World(slug="elsewhere").label()], now=at(1))


def test_a_named_label_is_found_in_any_case_and_made_once(world: World) -> None:
    made = named_label(workspace_id=world.workspace.pk, name="  Late   delivery ")
    assert made.name == "Late delivery"
    assert named_label(workspace_id=world.workspace.pk, name="late delivery") == made


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\u200b\u202e", "\u200d", "\u0301\ufe0f", "\ufeff \u2060"])
def test_a_label_without_a_usable_name_is_refused(world: World, name: str) -> None:
    with pytest.raises(BadLabel):
        named_label(workspace_id=world.workspace.pk, name=name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("late\u202e\u200b", "late"),
        ("\u200d late \u200c\u2066", "late"),
        ("a\ufeff\x07 \u200e b", "a b"),
        ("👩\u200d🔧", "👩\u200d🔧"),  # the joiners that shape letters and pictures stay
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_label_is_named_by_what_can_be_seen(world: World, typed: str, name: str) -> None:
    made = named_label(workspace_id=world.workspace.pk, name=typed)
    assert made.name == name
    assert named_label(workspace_id=world.workspace.pk, name=name) == made


def test_of_many_names_all_are_made_or_none(world: World) -> None:
    made = named_labels(workspace_id=world.workspace.pk, typed="late, , refund,Late")
    assert [label.name for label in made] == ["late", "refund", "late"]
    for typed in ("new, \u200b", "new," + "x" * 61, ",".join(f"n{n}" for n in range(MOST_AT_ONCE + 1))):
        with pytest.raises(BadLabel):
            named_labels(workspace_id=world.workspace.pk, typed=typed)
    assert set(Label.objects.values_list("name", flat=True)) == {"late", "refund"}
