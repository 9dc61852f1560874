from __future__ import annotations

from goodword.care.models import Case, CaseSeen
from goodword.care.seen import mark_seen, mark_unread
from tests.care.world import World


def test_each_agent_has_seen_a_case_up_to_a_message_of_their_own(world: World) -> None:
    ana, ben, case = world.agent("Ana"), world.agent("Ben"), world.case()
    first = case.last_inbound_id
    mark_seen(case=case, by=ana)
    world.inbound(case)
    mark_seen(case=case, by=ben)
    assert dict(CaseSeen.objects.values_list("agent__name", "last_message_id")) == {
        "Ana": first,
        "Ben": case.last_inbound_id,
    }
    before = Case.objects.get(pk=case.pk)
    mark_seen(case=case, by=ana)
    before.last_inbound_id = first  # a page that was loaded before, and ends later
    mark_seen(case=before, by=ana)
    mark_unread(case=case, by=ben)
    assert list(CaseSeen.objects.values_list("agent__name", "last_message_id")) == [("Ana", case.last_inbound_id)]
