from __future__ import annotations

import threading
import time
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from goodword.care.draft import save_draft
from goodword.care.lock import MergedAway
from goodword.care.models import Case, Delivery, Draft, Message, MessageKind
from goodword.care.new_reply import UNSEEN_IS_FINE, NewReply, Seen
from goodword.care.reply import StaleThread, queue_reply
from goodword.care.terms import NotAllowed, NoWords, TooLong, WindowClosed, terms_of
from goodword.care.undo import undo_reply
from goodword.listen.models import Mention, Source
from goodword.staff.models import Agent
from tests.care.postbox import again, open_postbox, set_mood
from tests.care.world import World, at, fresh


@pytest.fixture
def postbox(world: World, tmp_path: Path) -> Source:
    return open_postbox(world, tmp_path / "posts")


def reply(
    case: Case,
    by: Agent | None,
    text: str = "We look into it.",
    *,
    seen: Seen | None = None,
    over: str = "",
    now: datetime | None = None,
    **more: Any,
) -> Message:
    """Queue a reply as a composer would that has seen everything."""
    new = NewReply(text=text, **({"idempotency_key": uuid.uuid4().hex} | more))
    seen = seen or Seen(fresh(case).last_inbound_id)
    return queue_reply(case=case, by=by, reply=new, seen=seen, over=over, now=now or at(5))


def test_a_reply_waits_in_the_outbox_until_it_can_no_longer_be_undone(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    message = again(reply(case, ana, "  On its way!\r\nAna \n"))
    assert (message.delivery, message.text, message.agent) == (Delivery.QUEUED, "On its way!\nAna", ana)
    assert message.send_at is not None
    assert (message.send_at - at(5)).total_seconds() == 8
    assert message.answers_id == case.last_inbound_id
    assert fresh(case).message_count == 1, "what is still in the outbox was not said yet"
    assert world.facts(case) == ["ReplyQueued"]


def test_the_same_key_gives_the_same_message(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    first = reply(case, ana, idempotency_key="key-one-1")
    assert reply(case, ana, idempotency_key="key-one-1") == first
    assert reply(case, ana, idempotency_key="key-two-2") != first
    assert world.facts(case) == ["ReplyQueued", "ReplyQueued"]


def test_a_key_is_not_taken_for_other_words(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    reply(case, ana, "Yes.", idempotency_key="key-one-1")
    with pytest.raises(NotAllowed):
        reply(case, ana, "No.", idempotency_key="key-one-1")
    with pytest.raises(NotAllowed):
        reply(world.case(source=postbox), ana, "Yes.", idempotency_key="key-one-1")


def test_a_key_whose_reply_was_undone_is_not_taken_for_the_same_words(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    undo_reply(message=reply(case, ana, idempotency_key="key-one-1"), by=ana, now=at(5.1))
    with pytest.raises(NotAllowed, match="undone"):
        reply(case, ana, idempotency_key="key-one-1")
    assert reply(case, ana, idempotency_key="key-two-2").delivery == Delivery.QUEUED


@pytest.mark.parametrize("key", ["", "short", "a" * 81, "two\r\nBcc: x@y.example", "with space"])
def test_a_key_that_could_harm_a_header_is_refused(world: World, postbox: Source, key: str) -> None:
    with pytest.raises(NotAllowed):
        reply(world.case(source=postbox), world.agent(), idempotency_key=key)


@pytest.mark.django_db(transaction=True)
def test_posts_at_the_same_moment_make_one_message(tmp_path: Path) -> None:
    world = World()
    ana, case = world.agent(), world.case(source=open_postbox(world, tmp_path / "posts"))
    start = threading.Barrier(6)
    made: list[int] = []

    def post() -> None:
        start.wait()
        made.append(reply(case, ana, idempotency_key="key-one-1").pk)
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert set(made) == set(Message.objects.filter(kind=MessageKind.REPLY).values_list("pk", flat=True))
    assert len(set(made)) == 1
    assert world.facts(case) == ["ReplyQueued"]


@pytest.mark.django_db(transaction=True)
def test_one_key_on_two_cases_at_the_same_moment_makes_one_message(tmp_path: Path) -> None:
    world = World()
    ana, postbox = world.agent(), open_postbox(world, tmp_path / "posts")
    one, other = world.case(source=postbox), world.case(source=postbox)
    refused: list[NotAllowed] = []

    def post() -> None:
        try:
            reply(other, ana, idempotency_key="key-one-1")
        except NotAllowed as error:
            refused.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=post)
    with transaction.atomic():
        reply(one, ana, idempotency_key="key-one-1")
        thread.start()
        _until_someone_waits_for_a_lock()
    thread.join()
    assert len(refused) == 1
    assert Message.objects.get(kind=MessageKind.REPLY).case == one


def _until_someone_waits_for_a_lock() -> None:
    with connection.cursor() as cursor:
        for _ in range(1_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waited")


def test_words_the_writer_has_not_seen_stop_a_reply_once(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    seen = case.last_inbound_id
    newer = world.inbound(case, "Found it, thanks!", when=4)
    with pytest.raises(StaleThread) as stale:
        reply(case, ana, seen=Seen(seen))
    assert stale.value.newer == [newer]
    sent = reply(case, ana, seen=UNSEEN_IS_FINE)
    assert sent.answers == newer


def test_a_late_heard_message_that_was_seen_does_not_make_a_thread_stale(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox, when=3)
    late = world.inbound(case, "I had written this before", when=1)
    assert reply(case, ana, seen=Seen(late.pk)).answers_id != late.pk, "the answer goes to the last words"


def test_a_colleagues_reply_stops_a_reply_too(world: World, postbox: Source) -> None:
    ana, ben, case = world.agent("Ana"), world.agent("Ben"), world.case(source=postbox)
    seen = case.last_inbound_id
    from_ben = reply(case, ben, "I have it.", seen=Seen(case.last_inbound_id, seen))
    with pytest.raises(StaleThread) as stale:
        reply(case, ana, "Hello!", seen=Seen(case.last_inbound_id, seen))
    assert stale.value.newer == [from_ben]
    reply(case, ben, "One more thing.", seen=Seen(case.last_inbound_id, seen))  # one's own words are no news
    reply(case, ana, "Hello!", seen=UNSEEN_IS_FINE)


def test_length_is_counted_as_the_channel_counts(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    set_mood(postbox, max_length=3, count="graphemes")
    assert reply(case, ana, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦").text
    set_mood(postbox, count="bytes")
    with pytest.raises(TooLong) as too_long:
        reply(case, ana, "äöü")
    assert (too_long.value.length, too_long.value.limit) == (6, 3)
    assert "3" in str(too_long.value)


def test_after_the_reply_window_nothing_is_queued(world: World, postbox: Source) -> None:
    set_mood(postbox, window_minutes=60)
    ana, case = world.agent(), world.case(source=postbox, when=0)
    assert terms_of(case).closes_at == at(60)
    reply(case, ana, now=at(59))
    with pytest.raises(WindowClosed) as closed:
        reply(case, ana, now=at(60))
    assert closed.value.closed_at == at(60)
    world.inbound(case, when=70)
    reply(case, ana, now=at(71))


def test_private_and_public_words_have_windows_of_their_own(world: World, postbox: Source) -> None:
    set_mood(postbox, private_window_minutes=60, first_private_window_minutes=90)
    ana, case = world.agent(), world.case(source=postbox, when=0)
    assert terms_of(case).closes_at is None  # in public there is none
    reply(case, ana, private=True, now=at(89))
    with pytest.raises(WindowClosed):
        reply(case, ana, private=True, now=at(90))
    mention = world.inbound(case, when=100).mention
    assert mention is not None
    Mention.objects.filter(pk=mention.pk).update(private=True)
    assert terms_of(case).closes_at == at(160)
    with pytest.raises(WindowClosed):
        reply(case, ana, now=at(160))


@pytest.mark.parametrize("text", ["", "  \r\n\t ", "\u200b\u2060\ufeff", "\u0301\ufe0f", "\u202e \x00"])
def test_nothing_to_say_is_refused(world: World, postbox: Source, text: str) -> None:
    with pytest.raises(NoWords):
        reply(world.case(source=postbox), world.agent(), text)


def test_a_source_that_only_reads_or_is_stopped_says_so(world: World, postbox: Source) -> None:
    ana = world.agent()
    with pytest.raises(NotAllowed, match="inbox can only be read"):
        reply(world.case(), ana)
    case = world.case(source=postbox)
    Source.objects.filter(pk=postbox.pk).update(state=Source.State.STOPPED)
    with pytest.raises(NotAllowed, match="start it again under Sources"):
        reply(case, ana)


def test_a_merged_case_is_answered_where_it_went(world: World, postbox: Source) -> None:
    ana, target = world.agent(), world.case(source=postbox)
    with pytest.raises(MergedAway) as merged:
        reply(world.case(source=postbox, merged_into=target), ana)
    assert merged.value.into == target


def test_what_was_said_in_private_is_answered_in_private(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    assert reply(case, ana, private=False).private is False
    assert reply(case, ana, private=True).private is True
    heard = world.inbound(case).mention
    assert heard is not None
    heard.private = True
    heard.save()
    assert reply(case, ana, private=False).private is True
    set_mood(postbox, can_reply_privately=False)
    with pytest.raises(NotAllowed, match="no private replies"):
        reply(case, ana, private=False)


def test_where_nothing_is_public_a_reply_needs_no_leave_to_be_private(world: World, postbox: Source) -> None:
    set_mood(postbox, public=False, can_reply_privately=False)
    assert reply(world.case(source=postbox), world.agent()).private is True


def test_the_draft_goes_when_the_reply_is_queued_and_stays_when_it_is_refused(world: World, postbox: Source) -> None:
    ana, case = world.agent(), world.case(source=postbox)
    save_draft(case=case, by=ana, kind=MessageKind.REPLY, text="We look", private=False, now=at(1))
    save_draft(case=case, by=ana, kind=MessageKind.NOTE, text="odd", private=False, now=at(1))
    with pytest.raises(NoWords):
        reply(case, ana, "")
    assert Draft.objects.count() == 2
    reply(case, ana)
    assert [draft.kind for draft in Draft.objects.all()] == [MessageKind.NOTE]


def test_an_unusual_text_is_kept_and_stored(world: World, postbox: Source) -> None:
    text = "\u202eabc\x00 <script>alert(1)</script> \ud800 " + "x" * 100_000
    kept = again(reply(world.case(source=postbox), world.agent(), text)).text
    assert kept.startswith("\u202eabc\ufffd <script>alert(1)</script> \ufffd xxx")
    assert len(kept) == len(text)
