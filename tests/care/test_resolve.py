"""We say it is solved; the customer says whether it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from goodword.care.draft import save_draft
from goodword.care.lock import MergedAway
from goodword.care.models import Case, Delivery, Draft, Episode, Message, MessageKind, Resolution, ResolutionLink, State
from goodword.care.reply import StaleThread
from goodword.care.resolve import resolve_case
from goodword.care.terms import NotAllowed
from goodword.care.withdraw_resolution import NothingToWithdraw, withdraw_resolution
from goodword.kernel.ids import token_digest
from goodword.listen.models import Source
from goodword.staff.models import Agent
from tests.care.postbox import open_postbox, set_mood
from tests.care.world import World, at, current_episode, fresh


@pytest.fixture
def postbox(world: World, tmp_path: Path) -> Source:
    return open_postbox(world, tmp_path / "posts")


def resolve(case: Case, by: Agent, **more: Any) -> Episode:
    arguments: dict[str, Any] = {"ask": True, "words": "Your refund is on its way.", "now": at(10)}
    return resolve_case(case=case, by=by, **(arguments | {"idempotency_key": f"resolve-{case.pk}"} | more))


def closing_message(case: Case) -> Message:
    return Message.objects.get(case=case, kind=MessageKind.REPLY)


def test_asking_proposes_and_sends_the_question_with_a_link_whose_digest_alone_is_kept(
    world: World, postbox: Source
) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    episode = resolve(case, ana)
    assert (episode.resolution, episode.resolved_at, episode.resolved_by) == (Resolution.PROPOSED, at(10), ana)
    assert (fresh(case).state, fresh(case).resolved_at, fresh(case).waiting_since) == (State.RESOLVED, at(10), None)
    message = closing_message(case)
    assert message.text.startswith("Your refund is on its way.\n\n")
    assert message.private
    token = re.search(r"/s/([^/]+)/", message.text)
    assert token is not None
    link = ResolutionLink.objects.get()
    assert (link.digest, link.asked_at) == (token_digest(token.group(1)), at(10))
    assert world.facts(case) == ["ReplyQueued", "ResolutionProposed"]


def test_resolving_twice_resolves_and_asks_once(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    first = resolve(case, ana)
    assert resolve(case, ana, now=at(11)) == first
    assert closing_message(case).at == at(10)
    assert world.facts(case).count("ResolutionProposed") == 1


def test_without_asking_nobody_is_written_to_and_nothing_is_proposed(world: World) -> None:
    ana, case = world.agent(), world.case()
    episode = resolve(case, ana, ask=False)
    assert (episode.resolution, episode.resolved_at) == ("", at(10))
    assert fresh(case).state == State.RESOLVED
    assert not Message.objects.filter(kind=MessageKind.REPLY).exists()
    assert not ResolutionLink.objects.exists()


def test_where_everyone_can_read_it_the_question_goes_without_the_link(world: World, postbox: Source) -> None:
    set_mood(postbox, can_reply_privately=False)
    ana, case = world.agent(), world.case(source=postbox)
    resolve(case, ana)
    message = closing_message(case)
    assert not message.private
    assert "/s/" not in message.text
    assert not ResolutionLink.objects.exists()


def test_where_no_answer_can_be_sent_asking_is_refused_and_nothing_is_resolved(world: World) -> None:
    ana, case = world.agent(), world.case()
    with pytest.raises(NotAllowed):
        resolve(case, ana)
    assert fresh(case).state == State.OPEN
    assert current_episode(case).resolved_at is None


def test_words_of_the_customer_that_were_not_seen_stop_it(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    seen = case.last_inbound_id
    world.inbound(case, "And another thing!", when=3)
    with pytest.raises(StaleThread):
        resolve(case, ana, seen_inbound_id=seen)
    assert fresh(case).state == State.OPEN


def test_time_spent_waiting_for_the_customer_is_kept_apart(world: World) -> None:
    ana, case = world.agent(), world.case(when=0)
    world.reply(case, ana, "Which order?", when=10)
    world.inbound(case, "Number 7", when=40)
    world.reply(case, ana, "Thank you, found it.", when=45, delivery=Delivery.FAILED)
    episode = resolve(case, ana, ask=False, now=at(60))
    assert episode.waited_seconds == 30 * 60


def test_a_withdrawn_resolution_leaves_the_episode_as_it_was_and_the_words_as_a_draft(
    world: World, postbox: Source
) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    resolve(case, ana)
    episode = withdraw_resolution(case=case, by=ana, now=at(10))
    assert (episode.number, episode.resolution, episode.resolved_at) == (1, "", None)
    assert (fresh(case).state, fresh(case).resolved_at, fresh(case).waiting_since) == (State.OPEN, None, at(0))
    assert closing_message(case).delivery == Delivery.UNDONE
    assert Draft.objects.get().text == "Your refund is on its way."
    assert not ResolutionLink.objects.exists()
    resolve(case, ana, idempotency_key="second-time", now=at(12))
    assert ResolutionLink.objects.get().asked_at == at(12)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It is on its way.\n\nAna", "It is on its way.\n\nAna\n\nDear Mara,\n\nit left today."),
        ("", "Dear Mara,\n\nit left today."),
    ],
)
def test_the_closing_words_stand_above_an_older_draft_and_the_question_is_gone(
    world: World, postbox: Source, words: str, expected: str
) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    draft = "Dear Mara,\n\nit left today."
    save_draft(case=case, by=ana, kind=MessageKind.REPLY, text=draft, private=True, now=at(9))
    resolve(case, ana, words=words)
    withdraw_resolution(case=case, by=ana, now=at(10))
    assert Draft.objects.get().text == expected


def test_a_withdrawn_resolution_whose_question_went_out_still_is_withdrawn(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    resolve(case, ana)
    Message.objects.filter(kind=MessageKind.REPLY).update(delivery=Delivery.SENT)
    withdraw_resolution(case=case, by=ana, now=at(12))
    assert current_episode(case).resolved_at is None
    assert not ResolutionLink.objects.exists()


def test_there_is_nothing_to_withdraw_once_the_customer_had_their_word(world: World) -> None:
    ana, case = world.agent(), world.case()
    with pytest.raises(NothingToWithdraw):
        withdraw_resolution(case=case, by=ana, now=at(1))
    resolve(case, ana, ask=False)
    Episode.objects.update(resolution=Resolution.CONFIRMED, decided_at=at(11))
    with pytest.raises(NothingToWithdraw):
        withdraw_resolution(case=case, by=ana, now=at(12))


def test_a_case_that_was_merged_away_is_refused(world: World) -> None:
    gone = world.case(merged_into=world.case())
    with pytest.raises(MergedAway):
        resolve(gone, world.agent(), ask=False)
