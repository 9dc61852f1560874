from __future__ import annotations

from pathlib import Path

import pytest

from goodword.care.models import Delivery, Draft, Message, State
from goodword.care.reopen import reopen_case
from goodword.care.resolve import resolve_case
from goodword.care.take_back import take_back_reply, take_back_resolution
from goodword.care.undo import TooLate
from tests.care.postbox import open_postbox
from tests.care.world import World, at, fresh


def test_undoing_the_closing_message_takes_the_resolution_back(world: World, tmp_path: Path) -> None:
    ana = world.agent()
    case = world.case(source=open_postbox(world, tmp_path / "posts"))
    resolve_case(case=case, by=ana, ask=True, words="All done.", idempotency_key="k" * 20, now=at(5))
    take_back_reply(message=Message.objects.get(kind="reply"), by=ana, now=at(5.1))
    case.refresh_from_db()
    episode = case.episodes.get()
    assert (case.state, episode.resolution, episode.resolved_at) == (State.OPEN, "", None)
    assert Draft.objects.get().text == "All done."


def test_once_the_customer_was_asked_nothing_is_taken_back(world: World, tmp_path: Path) -> None:
    ana = world.agent()
    case = world.case(source=open_postbox(world, tmp_path / "posts"))
    resolve_case(case=case, by=ana, ask=True, idempotency_key="k" * 20, now=at(5))
    Message.objects.filter(kind="reply").update(delivery=Delivery.SENT)
    with pytest.raises(TooLate):
        take_back_reply(message=Message.objects.get(kind="reply"), by=ana, now=at(6))
    assert fresh(case).state == State.RESOLVED


def test_a_closing_message_of_an_earlier_episode_takes_no_later_resolution_with_it(
    world: World, tmp_path: Path
) -> None:
    ana = world.agent()
    case = world.case(source=open_postbox(world, tmp_path / "posts"))
    resolve_case(case=case, by=ana, ask=True, idempotency_key="k" * 20, now=at(5))
    reopen_case(case=case, by=None, now=at(5.05))
    resolve_case(case=case, by=ana, ask=False, now=at(5.08))
    message = Message.objects.get(kind="reply")
    take_back_reply(message=message, by=ana, now=at(5.1))
    message.refresh_from_db()
    assert (fresh(case).state, message.delivery) == (State.RESOLVED, Delivery.UNDONE)


def test_taking_back_what_the_customer_confirmed_begins_a_new_episode_that_waits(world: World, tmp_path: Path) -> None:
    ana = world.agent()
    case = world.case(source=open_postbox(world, tmp_path / "posts"))
    resolve_case(case=case, by=ana, ask=False, now=at(5))
    case.episodes.update(decided_at=at(6), resolution="confirmed")
    take_back_resolution(case=case, by=ana, now=at(9))
    case.refresh_from_db()
    assert (case.state, case.episodes.count()) == (State.OPEN, 2)
    assert case.waiting_since == at(0)
