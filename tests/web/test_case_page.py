"""A case's page and its verbs, as forms post them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.care.activity import SENTENCES
from goodword.care.events import CaseFact
from goodword.care.given_word import settle_word
from goodword.care.models import Case, CaseSeen, Delivery, Draft, Message, State
from goodword.care.timeline import PAGE
from goodword.listen.models import Mention
from goodword.promises.models import Promise
from goodword.staff.models import Agent, Role
from tests.care.world import World, fresh

SignedIn = Callable[[Agent], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def answered(world: World) -> World:
    """A world whose second source can be answered: the demo network."""
    world.source = world.new_source("social", "simulator", "simulator")
    return world


def form(case: object, **more: object) -> dict[str, object]:
    """What the composer posts, as one that has seen everything."""
    seen = Message.objects.latest("pk").pk
    return {"idempotency_key": "key-00000001", "seen_inbound_id": seen, "seen_message_id": seen, **more}


def test_opening_a_case_shows_it_and_marks_it_read(world: World, signed_in: SignedIn) -> None:
    ana, case = world.agent(), world.case("<b>My parcel</b>\u202e never came")
    page = signed_in(ana).get(f"/w/harbour/cases/{case.number}/")
    assert "&lt;b&gt;My parcel&lt;/b&gt;" in page.content.decode()
    assert CaseSeen.objects.get(agent=ana, case=case).last_message_id == fresh(case).last_inbound_id


def test_the_list_it_was_found_in_and_the_customer_come_beside_it(world: World, signed_in: SignedIn) -> None:
    case = world.case("My parcel never came")
    before = world.case("Last year's parcel", identity=case.identity, state=State.RESOLVED)
    client = signed_in(world.agent())
    page = client.get(f"/w/harbour/cases/{case.number}/?view=open").content.decode()
    assert 'hx-get="/w/harbour/inbox/?view=open&amp;pane=1"' in page
    assert 'href="/w/harbour/inbox/?view=open"' in page  # without a script
    listed = client.get("/w/harbour/inbox/?view=open&pane=1", **HTMX)
    assert [row.pk for row in listed.context["rows"]] == [case.pk]
    assert b"list-pane" in listed.content
    address = f"/w/harbour/cases/{case.number}/beside/"
    assert f'hx-get="{address}"' in page
    for beside in (client.get(address), client.get(address, **HTMX)):
        assert [one.pk for one in beside.context["earlier_cases"]] == [before.pk]
        assert "@customer1" in beside.content.decode()


def test_a_long_conversation_is_read_page_by_page(world: World, signed_in: SignedIn) -> None:
    case = world.case("First", when=0)
    for minute in range(1, 130):
        world.inbound(case, f"Message {minute}", when=minute)
    client, address = signed_in(world.agent()), f"/w/harbour/cases/{case.number}/"
    page, shown = client.get(address), []
    while True:
        timeline = page.context["timeline"]
        assert len(timeline.entries) <= PAGE
        shown = [entry.message.words for entry in timeline.entries] + shown
        if not timeline.earlier:
            break
        page = client.get(address, {"before": timeline.first}, **HTMX)
    assert shown == ["First", *(f"Message {minute}" for minute in range(1, 130))]


def test_what_is_new_comes_from_the_place_that_the_page_shows(world: World, signed_in: SignedIn) -> None:
    case = world.case("First", when=0)
    for minute in range(1, 80):
        world.inbound(case, f"Message {minute}", when=minute)
    client, address = signed_in(world.agent()), f"/w/harbour/cases/{case.number}/"
    first = client.get(address).context["timeline"].first
    world.inbound(case, "The newest", when=90)
    entries = client.get(address + "latest/", {"since": first}, **HTMX).context["timeline"].entries
    assert len(entries) == PAGE + 1
    assert entries[-1].message.words == "The newest"


def test_queries_do_not_grow_with_the_messages(world: World, signed_in: SignedIn) -> None:
    ana, case = world.agent(), world.case("First")
    client, address = signed_in(ana), f"/w/harbour/cases/{case.number}/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for minute in range(1, 40):
        world.inbound(case, when=minute)
        world.reply(case, ana, when=minute + 0.5)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few) + 2 <= 45  # attachments and enclosures, each once for all messages


def test_a_reply_is_queued_once_however_often_it_is_posted(answered: World, signed_in: SignedIn) -> None:
    case = answered.case("Help")
    client, address = signed_in(answered.agent()), f"/w/harbour/cases/{case.number}/replies/"
    posted = form(case, text="On it")
    assert [client.post(address, posted).status_code for _ in range(2)] == [303, 303]
    reply = Message.objects.get(kind="reply")
    assert (reply.text, reply.delivery) == ("On it", Delivery.QUEUED)


def test_what_cannot_be_sent_comes_back_with_the_reason_and_the_words(answered: World, signed_in: SignedIn) -> None:
    case = answered.case("Help")
    client, address = signed_in(answered.agent()), f"/w/harbour/cases/{case.number}/replies/"
    for text, reason in (("x" * 1001, "shorten it by 1"), ("  ", "Write something first")):
        for headers in ({}, HTMX):
            answer = client.post(address, form(case, text=text), **headers)
            assert answer.status_code == 422
            assert reason in answer.content.decode()
            assert text in answer.content.decode()
    assert not Message.objects.filter(kind="reply").exists()


def test_a_source_that_can_only_be_read_says_so(world: World, signed_in: SignedIn) -> None:
    case = world.case("Help")
    client = signed_in(world.agent())
    assert "can only be read" in client.get(f"/w/harbour/cases/{case.number}/").content.decode()
    answer = client.post(f"/w/harbour/cases/{case.number}/replies/", form(case, text="On it"))
    assert answer.status_code == 422


def test_what_can_only_be_answered_on_its_own_site_leads_there(world: World, signed_in: SignedIn) -> None:
    case, client, words = world.case("Help"), signed_in(world.agent()), "Or answer on the network itself"
    assert words not in client.get(f"/w/harbour/cases/{case.number}/").content.decode()
    Mention.objects.update(url="https://news.example/item?id=7")
    page = client.get(f"/w/harbour/cases/{case.number}/").content.decode()
    assert f'href="https://news.example/item?id=7" rel="nofollow noopener noreferrer" target="_blank">{words}' in page


def test_a_stale_thread_is_refused_with_what_is_new_and_the_draft_kept(answered: World, signed_in: SignedIn) -> None:
    ana, case = answered.agent(), answered.case("Help")
    posted = form(case, text="On it")
    answered.inbound(case, "Never mind, solved", when=5)
    client, address = signed_in(ana), f"/w/harbour/cases/{case.number}/replies/"
    refused = client.post(address, posted, **HTMX)
    assert refused.status_code == 409
    assert refused["HX-Retarget"] == "#dialog-content"
    assert "Never mind, solved" in refused.content.decode()
    assert Draft.objects.get(agent=ana).text == "On it"
    assert client.post(address, {**posted, "send_anyway": "1"}).status_code == 303


def test_undoing_brings_the_words_back(answered: World, signed_in: SignedIn) -> None:
    case = answered.case("Help")
    client, address = signed_in(answered.agent()), f"/w/harbour/cases/{case.number}/"
    client.post(address + "replies/", form(case, text="Too quick"))
    reply = Message.objects.get(kind="reply")
    answer = client.post(f"{address}replies/{reply.pk}/undoing/", **HTMX)
    assert "Too quick" in answer.content.decode()
    assert "case-changed" in json.loads(answer["HX-Trigger"])
    assert fresh_delivery(reply) == Delivery.UNDONE


def fresh_delivery(reply: Message) -> str:
    return Message.objects.get(pk=reply.pk).delivery


def test_drafts_are_kept_per_kind_and_thrown_away(world: World, signed_in: SignedIn) -> None:
    case = world.case("Help")
    client, address = signed_in(world.agent()), f"/w/harbour/cases/{case.number}/draft/"
    for kind in ("reply", "note"):
        assert client.post(address, {"kind": kind, "text": f"half a {kind}"}, **HTMX).status_code == 204
    page = client.get(f"/w/harbour/cases/{case.number}/").content.decode()
    assert "half a reply" in page
    assert "half a note" in page
    client.post(address, {"kind": "reply", "text": "", "discard": "1"})
    assert [draft.kind for draft in Draft.objects.all()] == ["note"]


def test_each_change_is_a_form_and_an_act(world: World, signed_in: SignedIn) -> None:
    ana, case, team = world.agent(), world.case("Help"), world.team()
    client, address = signed_in(ana), f"/w/harbour/cases/{case.number}/"
    label = world.label("late")
    acts = {
        "assignment": {"agent": ana.pk, "team": team.pk},
        "priority": {"priority": "3"},
        "labels": {"label": [label.pk], "new": "refund, parcel"},
        "snooze": {"until": (datetime.now(UTC) + timedelta(days=30)).isoformat()},
    }
    for name, posted in acts.items():
        assert client.get(f"{address}{name}/").status_code == 200
        assert client.post(f"{address}{name}/", posted)["Location"] == address
    case = fresh(case)
    assert (case.assignee, case.team, case.priority, case.state) == (ana, team, 3, "snoozed")
    assert set(case.labels.values_list("name", flat=True)) == {"late", "parcel", "refund"}
    lines = [entry.line for entry in client.get(address).context["timeline"].entries if entry.line]
    assert len(lines) == 4


def test_labels_are_taken_off_only_if_they_were_shown(world: World, signed_in: SignedIn) -> None:
    case, late, refund = world.case("Help"), world.label("late"), world.label("refund")
    case.labels.add(late)
    client, address = signed_in(world.agent()), f"/w/harbour/cases/{case.number}/labels/"
    assert f'name="present" value="{late.pk}"' in client.get(address).content.decode()
    case.labels.add(refund)  # by a colleague, meanwhile
    client.post(address, {"present": [late.pk]})
    assert set(case.labels.all()) == {refund}


def test_nobody_is_assigned_by_mistake(world: World, signed_in: SignedIn) -> None:
    ana, vera, case = world.agent("Ana"), world.agent("Vera", Role.VIEWER), world.case("Help")
    client, address = signed_in(ana), f"/w/harbour/cases/{case.number}/assignment/"
    client.post(address, {"agent": ana.pk})
    for posted in ({"agent": vera.pk}, {"agent": "999"}, {"agent": "x"}, {"agent": ana.pk, "team": "999"}):
        assert client.post(address, posted).status_code == 422
        assert fresh(case).assignee == ana
    client.post(address, {"agent": "", "team": ""})
    assert fresh(case).assignee is None


def test_wrong_input_is_told_and_kept(world: World, signed_in: SignedIn) -> None:
    case = world.case("Help")
    client, address = signed_in(world.agent()), f"/w/harbour/cases/{case.number}/"
    long = "x" * 61
    for name, posted, kept in (
        ("priority", {"priority": "99"}, ""),
        ("labels", {"new": long}, long),
        ("snooze", {"other": "2001-01-01T09:00"}, "2001-01-01T09:00"),
        ("snooze", {"until": "whenever"}, ""),
        ("snooze", {"other": "9999-12-31T23:59-14:00"}, "9999-12-31T23:59-14:00"),
        ("merge", {"other": "12345"}, "12345"),
        ("split", {}, ""),
        ("notes", {"text": " "}, ""),
    ):
        answer = client.post(f"{address}{name}/", posted)
        assert (name, answer.status_code) == (name, 422)
        assert kept in answer.content.decode()


@pytest.mark.parametrize(("name", "posted"), [("priority", {"priority": "3"}), ("labels", {"new": "late"})])
def test_a_change_of_a_case_that_was_merged_away_says_where_to_go_on(
    world: World, signed_in: SignedIn, name: str, posted: dict[str, str]
) -> None:
    target = world.case("Help")
    gone = world.case("Help again", merged_into=target)
    answer = signed_in(world.agent()).post(f"/w/harbour/cases/{gone.number}/{name}/", posted)
    assert answer.status_code == 422
    assert f"part of #{target.number}" in answer.content.decode()


def test_a_snoozed_case_can_be_woken(world: World, signed_in: SignedIn) -> None:
    case = world.case("Help", state="snoozed", snoozed_until=datetime.now(UTC) + timedelta(days=3))
    client, address = signed_in(world.agent()), f"/w/harbour/cases/{case.number}/snooze/"
    assert f'formaction="{address}waking/"' in client.get(address).content.decode()
    assert client.post(f"{address}waking/").status_code == 303
    assert (fresh(case).state, fresh(case).snoozed_until) == ("open", None)
    assert "waking" not in client.get(address).content.decode()
    other = world.case("Other")
    Case.objects.filter(pk=case.pk).update(merged_into=other)
    assert client.post(f"{address}waking/")["Location"] == f"/w/harbour/cases/{other.number}/"


def test_resolving_and_taking_it_back(answered: World, signed_in: SignedIn) -> None:
    case = answered.case("Help")
    client, address = signed_in(answered.agent()), f"/w/harbour/cases/{case.number}/"
    assert client.get(address + "resolution/").status_code == 200
    client.post(address + "resolution/", form(case, ask="1", words="All done"))
    assert fresh(case).state == "resolved"
    assert "All done" in Message.objects.get(kind="reply").text
    client.post(address + "resolution/withdrawal/")
    assert fresh(case).state == "open"


def test_closing_words_are_read_like_a_reply_and_their_promises_confirmed(answered: World, signed_in: SignedIn) -> None:
    case, words = answered.case("Help"), "I will call you tomorrow at 10:00."
    client, address = signed_in(answered.agent()), f"/w/harbour/cases/{case.number}/resolution/"
    assert "closing-reading" in client.get(address).content.decode()
    read = client.post(f"/w/harbour/cases/{case.number}/reading/", {"words": words}).content.decode()
    assert "I will call you tomorrow at 10:00" in read
    unread = client.post(address, form(case, ask="1", words=words, read="1"))
    assert unread.status_code == 422
    assert "You promise something" in unread.content.decode()
    due = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    confirmed = {"read": "1", "promise": "0", "promise_words": words, "promise_due": due, "promise_offered": due}
    assert client.post(address, form(case, ask="1", words=words, **confirmed)).status_code == 303
    message = Message.objects.get(kind="reply")
    message.delivery = "sent"
    message.save()
    settle_word(message_id=message.pk, now=datetime.now(UTC))
    assert [each.standing for each in Promise.objects.all()] == ["open"]
    client.post(f"/w/harbour/cases/{case.number}/resolution/withdrawal/")
    still_open = client.get(address).content.decode()
    assert "This keeps our promise" in still_open
    assert words.rstrip(".") in still_open


def test_merging_leads_to_the_case_that_stands_for_both(world: World, signed_in: SignedIn) -> None:
    mara = world.identity("mara")
    one, other = world.case("Help", identity=mara), world.case("Help again", identity=mara, when=3)
    client = signed_in(world.agent())
    client.post(f"/w/harbour/cases/{one.number}/merge/", {"into": other.number})
    assert client.get(f"/w/harbour/cases/{one.number}/")["Location"] == f"/w/harbour/cases/{other.number}/"
    merge = client.get(f"/w/harbour/cases/{other.number}/merge/").context["earlier"][0]
    client.post(f"/w/harbour/cases/{other.number}/merges/{merge.pk}/undoing/")
    assert client.get(f"/w/harbour/cases/{one.number}/").status_code == 200


def test_many_at_once_asks_first_and_then_does(world: World, signed_in: SignedIn) -> None:
    cases = [world.case(f"Help {n}") for n in range(3)]
    lea = world.agent("Lea", Role.LEAD)
    client, posted = signed_in(lea), {"case": [case.number for case in cases], "action": "assign", "agent": lea.pk}
    world.agent("Vera", Role.VIEWER)
    asked = client.post("/w/harbour/bulk/", posted).content.decode()
    assert "3 cases" in asked
    assert "Vera" not in asked
    assert {fresh(case).assignee for case in cases} == {None}
    client.post("/w/harbour/bulk/", {**posted, "apply": "1", "next": "https://evil.example/"})
    assert {fresh(case).assignee for case in cases} == {lea}


def test_viewers_read_and_cannot_act(world: World, signed_in: SignedIn) -> None:
    case = world.case("Help")
    client, address = signed_in(world.agent("Vera", Role.VIEWER)), f"/w/harbour/cases/{case.number}/"
    assert b'id="composer"' in signed_in(world.agent()).get(address).content
    assert b'id="composer"' not in client.get(address).content
    for name in ("replies", "notes", "assignment", "priority", "labels", "snooze", "resolution", "merge", "split"):
        assert (name, client.post(f"{address}{name}/").status_code) == (name, 403)


def test_cases_of_others_are_not_there(world: World, signed_in: SignedIn) -> None:
    other = World(slug="elsewhere", channel="other")
    theirs = [other.case("Secret", when=n) for n in range(3)][-1]
    client = signed_in(world.agent())
    assert client.get(f"/w/harbour/cases/{theirs.number}/").status_code == 404
    assert client.get(f"/w/elsewhere/cases/{theirs.number}/").status_code == 404
    rows = client.get("/w/harbour/rows/", {"ids": theirs.pk}, **HTMX)
    assert b"Secret" not in rows.content


def test_every_fact_of_a_case_has_a_line_or_is_a_message() -> None:
    told_by_messages = {
        "CaseOpened",
        "DeliveryAdvanced",
        "MessageReceived",
        "NoteAdded",
        "ReplyFailed",
        "ReplyHeld",
        "ReplyQueued",
        "ReplySent",
        "ReplyUndone",
    }
    facts = {fact.__name__ for fact in CaseFact.__subclasses__()}
    assert facts - told_by_messages <= set(SENTENCES)  # other rooms tell of theirs there, too
