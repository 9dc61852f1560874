from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from goodword.care.claim import _SENDING, lease
from goodword.care.delivery import ASK_FOR, MAX_ATTEMPTS
from goodword.care.doubt_outbox import doubt_outbox
from goodword.care.models import Case, Delivery, Message, State
from goodword.care.send import send_due
from goodword.care.send_again import send_again
from goodword.care.terms import NotAllowed
from goodword.listen.models import Source
from goodword.staff.models import Agent, Notice
from tests.care.postbox import again, episode_of, open_postbox, posts, set_mood
from tests.care.test_reply import reply
from tests.care.world import World, at, fresh


@pytest.fixture
def postbox(world: World, tmp_path: Path) -> Source:
    return open_postbox(world, tmp_path / "posts")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "posts"


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent()


@pytest.fixture
def case(world: World, postbox: Source) -> Case:
    return world.case(source=postbox)


LEASE = lease().total_seconds() / 60  # minutes


def test_a_due_reply_is_sent_and_the_case_waits_for_the_customer(
    world: World, case: Case, ana: Agent, path: Path
) -> None:
    message = reply(case, ana, "On its way.")
    assert send_due(now=at(5.1), limit=9) == 0, "it can still be undone"
    assert send_due(now=at(6), limit=9) == 1
    assert send_due(now=at(6), limit=9) == 0
    sent = again(message)
    assert (sent.delivery, sent.external_id, sent.attempts, sent.failure) == (Delivery.SENT, "post-0", 1, "")
    (post,) = posts(path)
    assert (post["text"], post["key"]) == ("On its way.", message.idempotency_key)
    row = fresh(case)
    assert (row.state, row.waiting_since, row.message_count, row.snippet) == (State.PENDING, None, 2, "On its way.")
    first_response = episode_of(case).first_response_at
    assert first_response is not None
    assert first_response - at(6) < timedelta(seconds=5)
    assert world.facts(case) == ["ReplyQueued", "ReplySent"]


def test_the_network_gets_what_ties_the_reply_to_the_thread(world: World, case: Case, ana: Agent, path: Path) -> None:
    set_mood(case.source, supports_subject=True)
    heard = world.inbound(case, "Any news?").mention
    assert heard is not None
    heard.title, heard.references = "Parcel  17\r\nX: y", ["m0"]
    heard.save()
    reply(case, ana, private=True)
    send_due(now=at(6), limit=9)
    (post,) = posts(path)
    assert post["in_reply_to"] == heard.external_id
    assert post["references"] == ["m0", heard.external_id]
    assert (post["to"], post["agent"], post["private"]) == (case.identity.native_id, "Ana", True)
    assert post["subject"] == "Re: Parcel 17 X: y"


def test_words_that_came_while_the_reply_waited_are_still_waiting(world: World, case: Case, ana: Agent) -> None:
    reply(case, ana)
    world.inbound(case, "Found it meanwhile!", when=5.1)
    send_due(now=at(6), limit=9)
    assert (fresh(case).state, fresh(case).waiting_since) == (State.OPEN, at(5.1))


def test_only_a_person_gives_a_first_response(case: Case, ana: Agent) -> None:
    reply(case, None, automatic=True)
    send_due(now=at(6), limit=9)
    assert episode_of(case).first_response_at is None
    assert fresh(case).state == State.OPEN
    reply(case, ana)
    send_due(now=at(7), limit=9)
    first = episode_of(case).first_response_at
    reply(case, ana, now=at(8))
    send_due(now=at(9), limit=9)
    assert first is not None
    assert episode_of(case).first_response_at == first


def test_a_refusal_is_final_and_told(world: World, case: Case, ana: Agent, path: Path) -> None:
    set_mood(case.source, sending="refused")
    message = reply(case, ana)
    assert send_due(now=at(6), limit=9) == 1
    assert (again(message).delivery, again(message).failure) == (
        Delivery.FAILED,
        "The customer has closed the account.",
    )
    notice = Notice.objects.get()
    assert (notice.agent, notice.kind, notice.subject) == (ana, Notice.Kind.FAILED, f"case:{case.pk}")
    assert world.facts(case) == ["ReplyQueued", "ReplyFailed"]
    assert fresh(case).message_count == 1
    assert send_due(now=at(600), limit=9) == 0
    assert posts(path) == []


def test_a_busy_network_is_tried_again_with_growing_pauses_and_then_left_to_a_person(case: Case, ana: Agent) -> None:
    set_mood(case.source, sending="retry", after=1)
    message = reply(case, ana)
    now, pauses = at(6), []
    while again(message).delivery == Delivery.QUEUED:
        assert send_due(now=now, limit=9) == 1
        due = again(message).send_at
        if due is not None:
            pauses.append(round((due - now).total_seconds()))
            assert again(message).failure == "Too many requests."
            assert send_due(now=due - timedelta(seconds=1), limit=9) == 0, "not before its time"
            now = due + timedelta(seconds=1)
    assert (again(message).delivery, again(message).attempts) == (Delivery.FAILED, MAX_ATTEMPTS)
    assert len(pauses) == MAX_ATTEMPTS - 1
    assert pauses == sorted(pauses)


def test_the_network_says_how_long_to_wait(case: Case, ana: Agent, path: Path) -> None:
    set_mood(case.source, sending="retry", after=3600)
    reply(case, ana)
    send_due(now=at(6), limit=9)
    set_mood(case.source, sending="")
    assert send_due(now=at(6 + 59), limit=9) == 0
    assert send_due(now=at(6 + 61), limit=9) == 1
    assert len(posts(path)) == 1


@pytest.mark.parametrize("mood", ["lost", "taken"])
def test_after_a_time_out_the_network_is_asked_and_it_goes_out_once(
    case: Case, ana: Agent, path: Path, mood: str
) -> None:
    set_mood(case.source, sending=mood)
    message = reply(case, ana)
    send_due(now=at(6), limit=9)
    assert again(message).delivery == Delivery.SENDING
    set_mood(case.source, sending="")
    assert send_due(now=at(6 + LEASE * 0.9), limit=9) == 0, "it may still be travelling"
    send_due(now=at(7 + LEASE), limit=9)
    assert again(message).delivery == Delivery.SENT
    assert len(posts(path)) == 1


def test_while_the_network_can_not_be_asked_nothing_is_sent_and_then_a_person_decides(
    world: World, case: Case, ana: Agent, path: Path
) -> None:
    set_mood(case.source, sending="taken", asking="away")
    message = reply(case, ana)
    now = at(6)
    asked = 0
    while again(message).delivery != Delivery.FAILED:
        asked += send_due(now=now, limit=9)
        now += lease()
    assert now - at(6) >= ASK_FOR
    assert 3 < asked < 8, "asked in growing steps"
    assert again(message).failure.startswith("We don't know whether it arrived.")
    assert len(posts(path)) == 1
    set_mood(case.source, sending="", asking="")
    send_again(message=message, by=ana, now=now)
    send_due(now=now, limit=9)
    assert again(message).delivery == Delivery.SENT
    assert len(posts(path)) == 1, "asked first: it had arrived"
    assert world.facts(case) == ["ReplyQueued", "ReplyFailed", "ReplyQueued", "ReplySent"]


def test_a_network_that_can_never_be_asked_leaves_it_to_a_person_at_once(case: Case, ana: Agent, path: Path) -> None:
    set_mood(case.source, sending="lost", can_find_sent=False)
    message = reply(case, ana)
    send_due(now=at(6), limit=9)
    assert again(message).failure.startswith("We don't know whether it arrived.")
    set_mood(case.source, sending="")
    assert send_due(now=at(600), limit=9) == 0
    send_again(message=message, by=ana, now=at(601))
    send_again(message=message, by=ana, now=at(601))
    assert send_due(now=at(601), limit=9) == 1
    assert len(posts(path)) == 1


@pytest.mark.parametrize("can_find_sent", [True, False])
def test_what_went_out_since_the_backup_is_not_sent_again_after_a_restore(
    can_find_sent: bool, case: Case, ana: Agent, path: Path
) -> None:
    set_mood(case.source, can_find_sent=can_find_sent)
    message = reply(case, ana)
    backup = Message.objects.filter(pk=message.pk).values("delivery", "send_at", "attempts", "attempted_at").get()
    send_due(now=at(6), limit=9)
    Message.objects.filter(pk=message.pk).update(**backup, external_id="", mention=None)
    assert doubt_outbox(now=at(600)) == 1
    assert send_due(now=at(601), limit=9) == 1
    assert len(posts(path)) == 1
    assert again(message).delivery == (Delivery.SENT if can_find_sent else Delivery.FAILED)
    assert can_find_sent or again(message).failure.startswith("We don't know whether it arrived.")


def test_what_had_not_gone_out_is_sent_after_a_restore_once_the_network_said_so(
    case: Case, ana: Agent, path: Path
) -> None:
    message = reply(case, ana)
    doubt_outbox(now=at(600))
    send_due(now=at(601), limit=9)
    assert (len(posts(path)), again(message).delivery) == (1, Delivery.SENT)


def test_asking_can_be_refused(case: Case, ana: Agent) -> None:
    set_mood(case.source, sending="lost", asking="refused")
    message = reply(case, ana)
    send_due(now=at(6), limit=9)
    send_due(now=at(6 + 2 * LEASE), limit=9)
    assert again(message).delivery == Delivery.FAILED
    assert "The password is wrong." in again(message).failure


def test_what_the_network_finds_is_not_this_reply_where_another_holds_it(
    world: World, case: Case, ana: Agent, path: Path
) -> None:
    set_mood(case.source, sending="taken")
    message = reply(case, ana)
    earlier = reply(world.case(source=case.source), ana)
    Message.objects.filter(pk=earlier.pk).update(delivery=Delivery.SENT, external_id="post-0")
    send_due(now=at(6), limit=9)
    send_due(now=at(6 + 2 * LEASE), limit=9)
    assert (again(message).delivery, again(message).external_id) == (Delivery.SENDING, "")
    send_due(now=at(6 + 60), limit=9)
    assert again(message).failure.startswith("We don't know whether it arrived."), "a person looks"
    assert len(posts(path)) == 1


def test_send_again_after_a_refusal(case: Case, ana: Agent, path: Path) -> None:
    set_mood(case.source, sending="refused")
    message = reply(case, ana)
    send_due(now=at(6), limit=9)
    set_mood(case.source, sending="")
    send_again(message=message, by=ana, now=at(7))
    send_due(now=at(7), limit=9)
    assert again(message).delivery == Delivery.SENT
    assert len(posts(path)) == 1
    assert send_again(message=message, by=ana, now=at(8)).delivery == Delivery.SENT, "asking again changes nothing"


def test_send_again_holds_to_the_terms(case: Case, ana: Agent) -> None:
    set_mood(case.source, sending="refused")
    message = reply(case, ana)
    send_due(now=at(6), limit=9)
    Source.objects.filter(pk=case.source_id).update(state=Source.State.STOPPED)
    with pytest.raises(NotAllowed):
        send_again(message=message, by=ana, now=at(7))
    assert again(message).delivery == Delivery.FAILED


def test_replies_of_a_case_go_in_order(world: World, case: Case, ana: Agent, path: Path) -> None:
    set_mood(case.source, sending="retry", after=600)
    reply(case, ana, "one")
    send_due(now=at(6), limit=9)
    set_mood(case.source, sending="")
    reply(case, ana, "two", now=at(7))
    other = world.case(source=case.source)
    reply(other, ana, "elsewhere", now=at(7))
    send_due(now=at(8), limit=9)
    assert [post["text"] for post in posts(path)] == ["elsewhere"]
    send_due(now=at(30), limit=9)
    assert [post["text"] for post in posts(path)] == ["elsewhere", "one", "two"]


def test_a_connector_that_is_gone_fails_the_reply_with_its_reason(case: Case, ana: Agent) -> None:
    message = reply(case, ana)
    Source.objects.filter(pk=case.source_id).update(connector_key="nowhere")
    send_due(now=at(6), limit=9)
    assert "nowhere" in again(message).failure


def test_the_limit_holds(world: World, postbox: Source, ana: Agent, path: Path) -> None:
    for _ in range(3):
        reply(world.case(source=postbox), ana)
    assert [send_due(now=at(6), limit=2) for _ in range(3)] == [2, 1, 0]
    assert len(posts(path)) == 3


@contextmanager
def _other_process_holds(message: Message) -> Iterator[None]:
    """A live sender elsewhere: a database session of its own that holds the message's lock."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as session:
        session.execute("SELECT pg_advisory_lock(%s, %s)", [_SENDING, message.pk])
        yield


@pytest.mark.django_db(transaction=True)
def test_a_slow_sender_is_not_mistaken_for_a_dead_one(tmp_path: Path) -> None:
    world = World()
    case = world.case(source=open_postbox(world, tmp_path / "posts"))
    message = reply(case, world.agent())
    Message.objects.filter(pk=message.pk).update(delivery=Delivery.SENDING, attempts=1, attempted_at=at(6))
    with _other_process_holds(message):
        assert send_due(now=at(60), limit=9) == 0
        assert again(message).delivery == Delivery.SENDING
    assert send_due(now=at(60), limit=9) == 0, "its lease was renewed"
    send_due(now=at(61 + LEASE), limit=9)
    assert again(message).delivery == Delivery.SENT


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_reply_once(tmp_path: Path) -> None:
    world = World()
    path = tmp_path / "posts"
    source, ana = open_postbox(world, path, pause=0.002), world.agent()
    messages = [reply(world.case(source=source), ana) for _ in range(24)]
    handled: list[int] = []

    def work() -> None:
        handled.append(send_due(now=at(6), limit=99))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(handled) == 24
    assert sorted(str(post["key"]) for post in posts(path)) == sorted(m.idempotency_key or "" for m in messages)


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_the_house_inside_a_transaction(tmp_path: Path) -> None:
    world = World()
    reply(world.case(source=open_postbox(world, tmp_path / "posts")), world.agent())
    with pytest.raises(RuntimeError), transaction.atomic():
        send_due(now=at(6), limit=9)
    assert posts(tmp_path / "posts") == []


def test_a_connector_that_breaks_is_asked_about_it_for_a_while_and_then_a_person_decides(
    world: World, case: Case, ana: Agent, path: Path
) -> None:
    broken, other = reply(case, ana, "On its way."), reply(world.case(source=case.source), ana, "And so is this.")
    set_mood(case.source, sending="broken", asking="broken")
    assert send_due(now=at(6), limit=9) == 2, "one that breaks holds up no other"
    minutes = 6.0
    while again(broken).delivery == Delivery.SENDING and minutes < 600:
        minutes += 1
        send_due(now=at(minutes), limit=9)
    assert (again(broken).delivery, again(other).delivery) == (Delivery.FAILED, Delivery.FAILED)
    assert minutes <= 6 + 2 * ASK_FOR.total_seconds() / 60 + LEASE
    assert "customer wrote" not in again(broken).failure
    assert posts(path) == []
