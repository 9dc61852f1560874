"""A reply makes and keeps promises once it has arrived."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from goodword.care import timeline
from goodword.care.given_word import GivenWord, settle_word
from goodword.care.models import Case, Delivery, Message, MessageKind
from goodword.care.new_reply import NewReply
from goodword.care.reply import queue_reply
from goodword.care.send import send_due
from goodword.care.send_again import send_again
from goodword.care.settle import mark_arrived, mark_came_back
from goodword.care.undo import undo_reply
from goodword.kernel.clock import current_time
from goodword.people.set_zone import set_zone
from goodword.process.approvals import hold_case
from goodword.promises.fall_due import break_overdue
from goodword.promises.make import Confirmed
from goodword.promises.models import Promise, Standing
from goodword.staff.models import Agent
from tests.care.postbox import again, open_postbox, set_mood
from tests.care.world import World, at
from tests.promises.world import FRIDAY, promise_of

TEXT = "Hello Mara, sorry. We'll get back to you by Friday."
WORDS = "We'll get back to you by Friday"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(world: World, tmp_path: Path) -> Case:
    return world.case(source=open_postbox(world, tmp_path / "posts"))


def promised(case: Case, by: Agent, word: GivenWord, key: str = "a-key-of-mine") -> Message:
    return queue_reply(case=case, by=by, reply=NewReply(text=TEXT, idempotency_key=key, word=word), now=at(5))


def arrive(message: Message, *, when: float = 6) -> None:
    """The network takes it, and what follows from that is done."""
    mark_arrived(message=message, to=Delivery.SENT, external_id=f"post-{when}", at=at(when), now=at(when))
    settle(message)


def settle(message: Message) -> None:
    for _ in range(2):  # a job may run twice
        settle_word(message_id=message.pk, now=at(30))


def test_a_promise_is_made_when_the_reply_has_arrived(world: World, case: Case) -> None:
    ana = world.agent()
    message = promised(case, ana, GivenWord([Confirmed(WORDS, at(FRIDAY))]))
    settle(message)
    assert not Promise.objects.exists(), "nobody was told anything yet"
    arrive(message)
    promise = message.promises.get()
    assert (promise.standing, promise.owner, promise.case_id) == (Standing.OPEN, ana, case.pk)
    assert (promise.made_at, promise.due_at) == (at(6), at(FRIDAY))
    assert world.facts(case) == ["ReplyQueued", "ReplySent", "PromiseMade"]


def test_what_is_undone_held_or_fails_makes_and_keeps_no_promise(world: World, case: Case) -> None:
    ana = world.agent()
    before = promise_of(case, ana)
    word = GivenWord([Confirmed(WORDS, at(FRIDAY))], keeps=[before.pk])
    undo_reply(message=promised(case, ana, word), by=ana, now=at(5.1))
    hold_case(case=case, why="Law", now=at(5))
    held = promised(case, ana, word, key="a-held-key")
    failed = promised(world.case(source=case.source, identity=case.identity), ana, word, key="a-key-that-fails")
    set_mood(case.source, sending="refused")
    assert send_due(now=at(9), limit=9) == 1
    assert again(failed).delivery == Delivery.FAILED
    for message in (held, failed):
        settle(message)
    assert Promise.objects.get().standing == Standing.OPEN


def test_what_came_back_made_and_kept_nothing_until_it_is_sent_again(world: World, case: Case) -> None:
    ana = world.agent()
    before = promise_of(case, ana)
    message = promised(case, ana, GivenWord([Confirmed(WORDS, at(FRIDAY))], keeps=[before.pk]))
    arrive(message)
    before.refresh_from_db()
    assert (before.standing, before.evidence_key) == (Standing.KEPT, f"message:{message.pk}")
    mark_came_back(message=message, reason="No such mailbox", now=at(7))
    settle(message)
    assert set(Promise.objects.values_list("standing", flat=True)) == {Standing.OPEN, Standing.WITHDRAWN}
    send_again(message=again(message), by=ana, now=at(8))
    arrive(message, when=9)
    before.refresh_from_db()
    assert (before.standing, message.promises.get().standing) == (Standing.KEPT, Standing.OPEN)


def test_a_promise_is_kept_in_time_if_the_words_left_in_time(world: World, case: Case) -> None:
    ana = world.agent()
    soon, elsewhere = promise_of(case, ana), promise_of(world.case(), ana)
    message = promised(case, ana, GivenWord(keeps=[soon.pk, elsewhere.pk]))
    Promise.objects.update(due_at=at(6.5))
    break_overdue(now=at(20))
    arrive(message)  # its job ran late
    soon.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (soon.standing, soon.settled_at) == (Standing.KEPT, at(6))
    assert elsewhere.standing == Standing.BROKEN, "another customer's"


def test_what_became_of_a_promise_stands_in_the_activity(world: World, case: Case) -> None:
    ana = world.agent()
    promise_of(case, ana)
    message = promised(case, ana, GivenWord(keeps=[Promise.objects.get().pk]))
    arrive(message)
    lines = [entry.line for entry in timeline.latest(case).entries if entry.line]
    assert lines == [
        "Ana promised “We'll call you back by Friday”, due 6 Mar, 17:00",
        "Ana kept a promise: “We'll call you back by Friday”",
    ]
    assert message.promises.get().standing == Standing.SAID


def arrive_now(message: Message) -> None:
    now = current_time()
    mark_arrived(message=message, to=Delivery.SENT, external_id="post", at=now, now=now)
    settle_word(message_id=message.pk, now=now)


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent()


@pytest.fixture
def client(ana: Agent) -> Client:
    made = Client()
    made.force_login(ana)
    return made


def form(case: Case, **more: str) -> dict[str, str]:
    return {"text": TEXT, "idempotency_key": "key-of-a-form", "send_anyway": "1"} | more


def test_the_draft_is_read_while_it_is_written(world: World, case: Case, client: Client) -> None:
    set_zone(person=case.identity.person, zone="Asia/Tokyo")
    read = client.post(f"/w/harbour/cases/{case.number}/reading/", {"text": TEXT}, headers=HTMX).content.decode()
    assert all(part in read for part in ("A promise", "get back to you by Friday", 'T17:00"', "Asia/Tokyo"))
    assert "checked" not in read
    ticked = {"promise": "0", "promise_words": "We'll get back to you", "promise_due": "x", "promise_offered": "x"}
    again = client.post(f"/w/harbour/cases/{case.number}/reading/", {"text": TEXT} | ticked, headers=HTMX)
    assert "checked" in again.content.decode()
    edited = ticked | {"promise_due": "2031-01-02T03:04"}
    kept = client.post(f"/w/harbour/cases/{case.number}/reading/", {"text": TEXT} | edited, headers=HTMX)
    assert 'name="promise_due" value="2031-01-02T03:04"' in kept.content.decode()


def test_what_they_were_promised_is_offered_to_be_kept(case: Case, ana: Agent, client: Client) -> None:
    promise_of(case, ana)
    read = client.post(f"/w/harbour/cases/{case.number}/reading/", {"text": ""}, headers=HTMX).content.decode()
    assert all(part in read for part in ("This keeps our promise", "call you back by Friday"))
    beside = client.get(f"/w/harbour/cases/{case.number}/beside/").content.decode()
    assert all(part in beside for part in ("What they were promised", "call you back by Friday"))


def test_one_key_confirms_it_and_sending_makes_it(case: Case, ana: Agent, client: Client) -> None:
    due = (current_time() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    fields = form(case, read="1", promise="0", promise_words=WORDS, promise_due=due, promise_offered=due)
    address = f"/w/harbour/cases/{case.number}/replies/"
    assert client.post(address, fields, headers=HTMX).status_code == 200
    arrive_now(Message.objects.get(kind=MessageKind.REPLY))
    promise = Promise.objects.get()
    assert (promise.standing, promise.owner) == (Standing.OPEN, ana)
    assert promise.due_at is not None
    assert promise.due_at.strftime("%Y-%m-%dT%H:%M") == due


def test_what_was_confirmed_comes_back_ticked_when_the_reply_is_undone(case: Case, ana: Agent, client: Client) -> None:
    word = GivenWord([Confirmed(WORDS, at(FRIDAY))])
    reply = NewReply(text=TEXT, idempotency_key="a-key-to-undo", word=word)
    message = queue_reply(case=case, by=ana, reply=reply, now=current_time())
    again = client.post(f"/w/harbour/cases/{case.number}/replies/{message.pk}/undoing/", headers=HTMX).content.decode()
    assert re.search(r'name="promise" value="0"\s+checked', again)
    assert f'value="{at(FRIDAY):%Y-%m-%dT%H:%M}"' in again


@pytest.mark.parametrize("due", ["", "2001-01-01T10:00", "nonsense"])
def test_a_due_time_that_is_none_is_refused_and_all_is_kept(case: Case, client: Client, due: str) -> None:
    fields = form(case, read="1", promise="0", promise_words=WORDS, promise_due=due, promise_offered="y")
    answer = client.post(f"/w/harbour/cases/{case.number}/replies/", fields, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert TEXT.replace("'", "&#x27;") in page
    assert "checked" in page.partition('name="promise"')[2][:60]
    assert not Message.objects.filter(kind=MessageKind.REPLY).exists()


def test_without_a_script_the_promise_is_shown_when_the_form_is_first_sent(case: Case, client: Client) -> None:
    address = f"/w/harbour/cases/{case.number}/replies/"
    first = client.post(address, form(case))
    assert (first.status_code, "You promise something" in first.content.decode()) == (422, True)
    assert client.post(address, form(case, read="1")).status_code == 303
    arrive_now(Message.objects.get(kind=MessageKind.REPLY))
    assert Promise.objects.get().standing == Standing.SAID


def test_what_was_confirmed_survives_the_question_whether_to_send_anyway(
    world: World, case: Case, client: Client
) -> None:
    due = (current_time() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    fields = form(case, read="1", promise="0", promise_words=WORDS, promise_due=due, promise_offered=due)
    answer = client.post(f"/w/harbour/cases/{case.number}/replies/", fields | {"send_anyway": ""}, headers=HTMX)
    assert answer.status_code == 409
    assert f'name="promise_due" value="{due}"' in answer.content.decode()


def test_the_customers_clock_can_be_set(case: Case, client: Client) -> None:
    address = f"/w/harbour/cases/{case.number}/zone/"
    assert "Asia/Tokyo" in client.get(address).content.decode()
    assert client.post(address, {"zone": "Mars/Olympus"}).status_code == 422
    assert client.post(address, {"zone": "Asia/Tokyo"}).status_code == 303
    case.identity.person.refresh_from_db()
    assert case.identity.person.zone == "Asia/Tokyo"
