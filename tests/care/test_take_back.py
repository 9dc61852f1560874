from __future__ import annotations

from pathlib import Path

from goodword.care.models import Draft, Message, State
from goodword.care.resolve import resolve_case
from goodword.care.take_back import take_back_reply, take_back_resolution
from tests.care.postbox import open_postbox
from tests.care.world import World, at


def test_undoing_the_closing_message_takes_the_resolution_back(world: World, tmp_path: Path) -> None:
    ana = world.agent()
    case = world.case(source=open_postbox(world, tmp_path / "posts"))
    resolve_case(case=case, by=ana, ask=True, words="All done.", idempotency_key="k" * 20, now=at(5))
    take_back_reply(message=Message.objects.get(kind="reply"), by=ana, now=at(5.1))
    case.refresh_from_db()
    episode = case.episodes.get()
    assert (case.state, episode.resolution, episode.resolved_at) == (State.OPEN, "", None)
    assert Draft.objects.get().text == "All done."


def test_taking_back_what_the_customer_confirmed_begins_a_new_episode_that_waits(world: World, tmp_path: Path) -> None:
    ana = world.agent()
    case = world.case(source=open_postbox(world, tmp_path / "posts"))
    resolve_case(case=case, by=ana, ask=False, now=at(5))
    case.episodes.update(decided_at=at(6), resolution="confirmed")
    take_back_resolution(case=case, by=ana, now=at(9))
    case.refresh_from_db()
    assert (case.state, case.episodes.count()) == (State.OPEN, 2)
    assert case.waiting_since == at(0)
