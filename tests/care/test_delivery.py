from __future__ import annotations

import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from goodword.care.advance import Report, advance_deliveries
from goodword.care.delivery import ARRIVED, ASK_FOR, ask_again_at, may_become, pause_before
from goodword.care.models import Delivery, Message
from goodword.care.own_words import attach_own
from goodword.care.send import send_due
from goodword.care.send_again import send_again
from goodword.care.terms import NotAllowed
from goodword.care.undo import TooLate, undo_reply
from tests.care.postbox import again, open_postbox, posts, set_mood
from tests.care.test_reply import reply
from tests.care.world import World, at

STATES = st.sampled_from(list(Delivery))
RANK = {Delivery.SENT: 1, Delivery.DELIVERED: 2, Delivery.READ: 3}


@given(st.lists(STATES, max_size=12), STATES)
def test_what_arrived_only_moves_forward_and_what_was_undone_stays(wishes: list[Delivery], state: Delivery) -> None:
    for wish in wishes:
        if not may_become(state, wish):
            continue
        assert state != Delivery.UNDONE
        if state in ARRIVED:
            came_back = wish == Delivery.FAILED and state != Delivery.READ
            assert came_back or RANK.get(wish, 0) > RANK[state]
        if wish == Delivery.UNDONE:
            assert state in (Delivery.HELD, Delivery.QUEUED)
        state = wish


@given(st.integers(2, 40), st.timedeltas(timedelta(0), timedelta(days=2)))
def test_pauses_grow_and_honour_what_the_network_asked_for(attempt: int, asked_for: timedelta) -> None:
    pause = pause_before(attempt, asked_for)
    assert asked_for <= pause <= pause_before(attempt + 1, asked_for)
    assert pause <= max(asked_for, timedelta(minutes=30))


@given(st.timedeltas(timedelta(seconds=1), timedelta(minutes=2)))
def test_asking_ends(lease: timedelta) -> None:
    now, asked = at(0), 0
    while (then := ask_again_at(attempted_at=at(0), now=now, lease=lease)) is not None:
        assert then >= now + lease
        now, asked = then, asked + 1
    assert ASK_FOR <= now - at(0) <= 2 * ASK_FOR + lease
    assert asked < 20


class AnyStoryOfAReply(TestCase):
    """Whatever happens to a reply, in whatever order: what was said of it is never taken back."""

    STEPS = st.lists(
        st.sampled_from(["send", "refuse", "busy", "lost", "taken", "undo", "again", "delivered", "read", "echo"]),
        max_size=10,
    )

    @settings(max_examples=40, deadline=None)
    @given(STEPS)
    def test_it_moves_forward_and_goes_out_at_most_once(self, steps: list[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self._play(Path(folder) / "posts", steps)

    def _play(self, path: Path, steps: list[str]) -> None:
        world = World()
        source, ana = open_postbox(world, path), world.agent()
        message = reply(world.case(source=source), ana)
        minutes, history = 6.0, [Delivery.QUEUED]
        for step in steps:
            minutes += 100  # longer than any pause
            self._step(world, message, step, minutes)
            history.append(Delivery(again(message).delivery))
        for before, after in pairwise(history):
            assert RANK.get(before, 0) <= RANK.get(after, 0)
            assert before != Delivery.UNDONE or after == Delivery.UNDONE
        assert len(posts(path)) <= 1
        if Delivery.UNDONE in history:
            assert posts(path) == []
        assert world.facts(message.case).count("ReplySent") == (history[-1] in ARRIVED)

    def _step(self, world: World, message: Message, step: str, minutes: float) -> None:
        ana, now, case = message.agent, at(minutes), message.case
        assert ana is not None
        message = again(message)
        arrived = bool(posts(case.source.settings["path"]))
        if step in {"send", "refuse", "busy", "lost", "taken"}:
            mood = {"send": "", "refuse": "refused", "busy": "retry"}.get(step, step)
            set_mood(case.source, sending=mood)
            send_due(now=now, limit=1)
        elif step == "undo":
            try:
                undo_reply(message=message, by=ana, now=now)
            except TooLate:
                assert message.delivery != Delivery.QUEUED
        elif step == "again":
            try:
                send_again(message=message, by=ana, now=now)
            except NotAllowed:
                assert message.delivery == Delivery.UNDONE
        elif step in {"delivered", "read"} and arrived:
            told = Report(native_id="post-0", key=message.idempotency_key, state=step, at=now.isoformat(), reason="")
            advance_deliveries(source_id=case.source_id, reports=[told], now=now)
        elif step == "echo" and arrived and message.mention_id is None:
            echo = world.inbound(world.case(source=case.source)).mention
            assert echo is not None
            Message.objects.filter(mention=echo).delete()
            attach_own(message=message, mention=echo, now=now)
            attach_own(message=message, mention=echo, now=now)
            assert again(message).mention == echo
