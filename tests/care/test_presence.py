from __future__ import annotations

from goodword.care.models import Presence
from goodword.care.presence import forget_absent, look_in
from tests.care.world import World, at

HALF_A_MINUTE = 0.5


def test_agents_see_who_else_is_there_and_writes(world: World) -> None:
    ana, ben, case = world.agent("Ana"), world.agent("Ben"), world.case()
    assert look_in(case=case, agent=ana, writing=True, now=at(0)) == []
    look_in(case=world.case(), agent=world.agent("Cleo"), writing=False, now=at(0))
    assert [(other.agent, other.writing) for other in look_in(case=case, agent=ben, writing=False, now=at(0.2))] == [
        (ana, True)
    ]
    assert [other.agent for other in look_in(case=case, agent=ana, writing=False, now=at(0.3))] == [ben]


def test_who_is_silent_for_half_a_minute_is_gone(world: World) -> None:
    ana, ben, case = world.agent("Ana"), world.agent("Ben"), world.case()
    look_in(case=case, agent=ana, writing=False, now=at(0))
    assert look_in(case=case, agent=ben, writing=False, now=at(HALF_A_MINUTE)) == []
    forget_absent(now=at(HALF_A_MINUTE))
    assert [presence.agent for presence in Presence.objects.all()] == [ben]
