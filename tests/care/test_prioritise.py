from __future__ import annotations

from goodword.care.models import Priority
from goodword.care.prioritise import set_priority
from tests.care.world import World, at, fresh


def test_priority_is_set_once(world: World) -> None:
    ana, case = world.agent(), world.case()
    set_priority(case=case, by=ana, priority=Priority.HIGH, now=at(1))
    set_priority(case=case, by=ana, priority=Priority.HIGH, now=at(2))
    assert fresh(case).priority == Priority.HIGH
    assert world.facts(case) == ["CasePrioritised"]
