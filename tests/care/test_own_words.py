from __future__ import annotations

from pathlib import Path

import pytest

from goodword.care.models import Delivery, Message
from goodword.care.own_words import attach_own, match_own
from goodword.care.send import send_due
from goodword.care.undo import undo_reply
from goodword.connectors.contract import Direction
from goodword.listen.models import Mention, Source
from tests.care.postbox import again, open_postbox, posts, set_mood
from tests.care.test_reply import reply
from tests.care.world import World, at


@pytest.fixture
def postbox(world: World, tmp_path: Path) -> Source:
    return open_postbox(world, tmp_path / "posts")


def echo(world: World, message: Message, external_id: str) -> Mention:
    """Our words, as the network tells them back to us."""
    case = message.case
    return Mention.objects.create(
        workspace=world.workspace,
        source=case.source,
        thread=case.thread,
        identity=case.identity,
        channel=case.channel,
        external_id=external_id,
        direction=Direction.OUT.value,
        kind="reply",
        text=message.text,
        at=at(6),
        received_at=at(7),
    )


def test_a_reply_is_recognised_by_the_networks_id_and_by_our_key(world: World, postbox: Source) -> None:
    ana = world.agent()
    sent, sending = (reply(world.case(source=postbox), ana) for _ in range(2))
    send_due(now=at(6), limit=1)
    key = sending.idempotency_key or ""
    own = match_own(
        workspace_id=world.workspace.pk, source=postbox, external_ids=["post-0", "post-9"], keys=[key, "x" * 20]
    )
    assert own.reply(external_id="post-0", key=None) == sent
    assert own.reply(external_id="post-1", key=key) == sending
    assert own.reply(external_id="post-9", key="x" * 20) is None


def test_a_key_counts_only_where_it_was_used(world: World, postbox: Source, tmp_path: Path) -> None:
    ana = world.agent()
    message = reply(world.case(source=postbox), ana)
    key = message.idempotency_key or ""
    elsewhere = open_postbox(world, tmp_path / "other")
    other = World("other")
    for workspace, source in ((world, elsewhere), (other, open_postbox(other, tmp_path / "third"))):
        own = match_own(workspace_id=workspace.workspace.pk, source=source, external_ids=[], keys=[key])
        assert own.reply(external_id="x", key=key) is None
    undo_reply(message=message, by=ana, now=at(5))
    assert not match_own(workspace_id=world.workspace.pk, source=postbox, external_ids=[], keys=[key]).by_key


def test_an_echo_proves_that_a_reply_arrived_whose_sender_died(world: World, postbox: Source, tmp_path: Path) -> None:
    set_mood(postbox, sending="taken")
    message = reply(world.case(source=postbox), world.agent())
    send_due(now=at(6), limit=1)
    assert again(message).delivery == Delivery.SENDING
    heard = echo(world, message, "post-0")
    attach_own(message=message, mention=heard, now=at(7))
    attach_own(message=message, mention=heard, now=at(7))
    told = again(message)
    assert (told.delivery, told.external_id, told.mention) == (Delivery.SENT, "post-0", heard)
    assert send_due(now=at(600), limit=9) == 0
    assert len(posts(tmp_path / "posts")) == 1
    assert world.facts(message.case) == ["ReplyQueued", "ReplySent"]


def test_what_we_sent_is_in_the_thread_and_a_second_echo_changes_nothing(world: World, postbox: Source) -> None:
    message = reply(world.case(source=postbox), world.agent())
    send_due(now=at(6), limit=1)
    kept = again(message).mention
    assert kept is not None
    assert (kept.external_id, kept.text, kept.direction, kept.disposition) == ("post-0", message.text, "out", "own")
    assert kept.thread == message.case.thread
    attach_own(message=message, mention=echo(world, message, "copy"), now=at(8))
    assert (again(message).mention, again(message).external_id) == (kept, "post-0")


def test_an_echo_without_our_key_that_is_faster_than_the_receipt_becomes_the_reply(
    world: World, postbox: Source
) -> None:
    message = reply(world.case(source=postbox), world.agent())
    heard = echo(world, message, "post-0")
    unknown = Message.objects.create(
        workspace=world.workspace,
        case=message.case,
        episode=message.episode,
        kind="reply",
        at=at(6),
        mention=heard,
        delivery=Delivery.SENT,
        external_id="post-0",
    )
    send_due(now=at(7), limit=1)
    assert (again(message).delivery, again(message).mention) == (Delivery.SENT, heard)
    assert not Message.objects.filter(pk=unknown.pk).exists()


def test_a_network_that_keeps_one_answer_gives_its_id_again(
    world: World, postbox: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.care.postbox._post", lambda *post: 7)
    ana, case = world.agent(), world.case(source=postbox)
    first, second = reply(case, ana, "One."), reply(case, ana, "One, corrected.")
    assert send_due(now=at(6), limit=9) == 2
    assert [again(first).delivery, again(second).delivery] == [Delivery.SENT, Delivery.SENT]
    assert again(first).mention is not None
    assert again(second).mention is None
