"""Versions of how risk is weighed."""

from __future__ import annotations

from datetime import datetime

import pytest

from goodword.staff.models import Workspace
from goodword.triage.models import RiskVersion
from goodword.triage.weigh_otherwise import BadWeights, NotTried, keep_trial, switch_on, write_risk_version
from goodword.triage.weights import Weights
from goodword.triage.weights_in_force import weights_in_force
from tests.care.world import World, at

pytestmark = pytest.mark.django_db


def written(
    workspace: Workspace, *, anger: int | None = 20, words: str = "", why: str = "We are shouted at"
) -> RiskVersion:
    return write_risk_version(
        workspace=workspace, points={"anger": anger}, words={"safety": words}, why=why, by=None, now=at(0)
    )


def tried(version: RiskVersion) -> RiskVersion:
    return keep_trial(version=version, cases=40, moved_up=3, moved_down=1, by=None, now=at(1))


def in_force(workspace: Workspace) -> Weights:
    return weights_in_force([workspace.pk])[workspace.pk]


def test_what_was_tried_is_switched_on_and_older_versions_stay(world: World) -> None:
    first, second = written(world.workspace), written(world.workspace, anger=5, words="Beacon,  strap  burns")
    assert (first.number, second.number, in_force(world.workspace)) == (1, 2, Weights())
    with pytest.raises(NotTried):
        switch_on(version=second, by=None, now=at(2))
    for version, minute in ((first, 3), (second, 4)):
        switch_on(version=tried(version), by=None, now=at(minute))
    assert in_force(world.workspace).most("anger") == 5
    assert in_force(world.workspace).words == {"safety": ("beacon", "strap burns")}
    assert weights_in_force([World("other").workspace.pk, world.workspace.pk])[world.workspace.pk].most("anger") == 5
    assert in_force(World("third").workspace) == Weights()
    assert world.facts() == [
        *["RiskVersionWritten"] * 2, "RiskVersionTried", "RiskVersionSwitched", "RiskVersionTried",
        "RiskVersionSwitched",
    ]  # fmt: skip


def test_switched_on_twice_is_switched_on_once_and_an_older_one_again(world: World) -> None:
    first, second = (tried(written(world.workspace, anger=anger)) for anger in (1, 2))
    times: list[datetime | None] = [
        switch_on(version=version, by=None, now=at(minute)).in_force_since
        for minute, version in enumerate((first, first, second, first), start=2)
    ]
    assert times == [at(2), at(2), at(4), at(5)]
    assert in_force(world.workspace).most("anger") == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"anger": 31}, "anger"),
        ({"anger": None}, "anger"),
        ({"why": "  "}, "why"),
        ({"why": "x" * 301}, "why"),
        ({"words": "ab"}, "words-safety"),
        ({"words": ",".join(f"word{n}" for n in range(41))}, "words-safety"),
    ],
)
def test_what_is_out_of_bounds_is_refused(world: World, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(BadWeights) as refused:
        written(world.workspace, **wrong)  # type: ignore[arg-type]
    assert list(refused.value.problems) == [field]
    assert not RiskVersion.objects.exists()
