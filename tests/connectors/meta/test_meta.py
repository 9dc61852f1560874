"""The connector against its twin, over real HTTP, and with requests signed as Meta signs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest

from goodword.connectors.contract import (
    Author,
    Cursor,
    Direction,
    Heard,
    Kind,
    Outgoing,
    Raw,
    Refused,
    Retry,
    Uncertain,
)
from goodword.connectors.contract_suite import (
    ContractSuite,
    ListeningSuite,
    ReceivingSuite,
    ReportingSuite,
    SendingSuite,
    Subject,
    TransmissionSuite,
)
from goodword.connectors.contract_suite.subject import Webhooks
from goodword.connectors.delivery_reports import Reported
from goodword.connectors.meta.connector import MetaPage
from goodword.connectors.meta.page import quota_of
from goodword.connectors.meta.twin import APP_SECRET, INSTAGRAM, PAGE, TOKEN, person
from goodword.connectors.receiving import NotTaken, Refusal, WebhookReply, WebhookRequest
from goodword.connectors.twins.faults import RateLimit
from goodword.connectors.twins.world import Account, Post, Visible
from tests.connectors.meta.world import HOOK, MetaWorld, comment, message, told
from tests.connectors.webhook_signing import sign

CONNECTOR = MetaPage()
VERIFY = "any-16-letters-will-do"
SETTINGS = {
    "page_id": PAGE,
    "page_token": TOKEN,
    "app_secret": APP_SECRET,
    "verify_token": VERIFY,
    "instagram_id": INSTAGRAM,
}
COMMENT = comment()
REPLY = comment(comment_id="900077_42", parent_id="900077_41", message="Mine too", photo="https://cdn.example/a.jpg")
DELETED = comment("remove", message="")
VISITOR = comment(item="status", comment_id="", post_id=f"{PAGE}_900080", message="Where is my order?")
MESSAGE = message(message={"mid": "m_1", "text": "Hello?"})
PICTURE = message(
    message={"mid": "m_2", "attachments": [{"type": "image", "payload": {"url": "https://cdn.example/b.jpg"}}]}
)
ECHO = message(
    sender=PAGE, to="6000000003", message={"mid": "m_3", "is_echo": True, "metadata": "message-7", "text": "Sorry!"}
)
DIRECT = message("instagram", message={"mid": "aWdf1", "text": "Hi", "reply_to": {"mid": "aWdf0"}})
UNSENT = message("instagram", message={"mid": "aWdf1", "is_deleted": True})
EDITED = message(message_edit={"mid": "m_1", "text": "Hello??", "num_edit": 1})
ON_INSTAGRAM = told(
    "instagram",
    changes=[
        {
            "field": "comments",
            "value": {
                "id": "17900004",
                "from": {"id": "6000000004", "username": "kenji"},
                "media": {"id": "17900077", "media_product_type": "FEED"},
                "parent_id": "17900001",
                "text": "same here",
            },
        }
    ],
)
DELIVERED = message(delivery={"mids": ["m_3", "m_5"], "watermark": 1772448000999})
HELLO = WebhookRequest(
    method="GET",
    address=HOOK + f"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY}",
    query=(("hub.mode", "subscribe"), ("hub.challenge", "1158201444"), ("hub.verify_token", VERIFY)),
    at=datetime(2026, 3, 2, tzinfo=UTC),
)


def raw(request: WebhookRequest) -> Raw:
    (item,) = CONNECTOR.receive(settings=SETTINGS, request=request).raws
    return item


def heard(request: WebhookRequest) -> Heard:
    (each,) = CONNECTOR.parse(raw(request), SETTINGS)
    return each


class TestMeta(ContractSuite, ListeningSuite, ReceivingSuite, ReportingSuite, SendingSuite, TransmissionSuite):
    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        said = [COMMENT, REPLY, DELETED, VISITOR, MESSAGE, PICTURE, ECHO, DIRECT, UNSENT, EDITED, ON_INSTAGRAM]
        good = b'{"type":"said","where":"fb-comment","id":"1_2","at":"2026-03-02T10:40:00Z","by":"6","text":"hi"}'
        with MetaWorld() as world:
            yield Subject(
                CONNECTOR,
                world.settings,
                [*map(raw, said), Raw("comment", good)],
                [
                    Raw("html", b"<html>"),
                    Raw("nothing", b"{}"),
                    Raw("no-zone", good.replace(b"00Z", b"00")),
                    Raw("nobody", good.replace(b'"6"', b'""')),
                    Raw("nowhere", good.replace(b"fb-comment", b"my-comment")),
                ],
                reported=[raw(DELIVERED)],
                world=world,
                echoes=True,
                webhooks=Webhooks(
                    told=said,
                    asked=[(HELLO, WebhookReply(body=b"1158201444"))],
                    strange=[
                        comment_of_another_page(),
                        told("user", changes=[]),
                    ],
                ),
            )


def comment_of_another_page() -> WebhookRequest:
    return told("page", id="99", changes=[])


@pytest.fixture
def place() -> Iterator[MetaWorld]:
    with MetaWorld() as world:
        yield world


def listened(place: MetaWorld, cursor: object = None) -> tuple[list[Heard], dict[str, object]]:
    stream = CONNECTOR.listen(
        settings=place.settings,
        cursor=cursor or {},  # type: ignore[arg-type]
        stop=lambda: False,
        now=place.now,
    )
    next(stream)
    delivery = next(stream)
    return [each for item in delivery.raws for each in CONNECTOR.parse(item, {})], dict(delivery.cursor)


def answer(place: MetaWorld, post: Post, *, private: bool = False, **more: object) -> Outgoing:
    where = place.twin.where(post)
    return Outgoing(
        idempotency_key="message-7",
        text=str(more.get("text", "We look into it.")),
        private=private,
        thread=str(more["thread"]) if "thread" in more else None,
        in_reply_to=f"{where}:{place.twin.id_of(post)}",
        references=(),
        to=Author(native_id=f"{where[:2]}/{person(post.author)}"),
        automatic=bool(more.get("automatic")),
    )


def send(place: MetaWorld, outgoing: Outgoing, **settings: str) -> str:
    return CONNECTOR.send(settings={**place.settings, **settings}, outgoing=outgoing, now=place.now).native_id


def test_comments_stand_in_threads() -> None:
    top, below = heard(COMMENT), heard(REPLY)
    assert (top.native_id, top.parent, top.kind, top.private) == ("fb-comment:900077_41", None, Kind.POST, False)
    assert (below.parent, below.kind) == (top.native_id, Kind.REPLY)
    assert top.thread == below.thread == top.native_id
    assert top.author == Author(native_id="fb/6000000002", name="Mara Jovanović")
    assert [(media.filename, media.url) for media in below.media] == [("photo.jpg", "https://cdn.example/a.jpg")]
    instagram = heard(ON_INSTAGRAM)
    assert (instagram.thread, instagram.author.handle) == ("ig-comment:17900001", "kenji")


def test_edits_deletions_and_what_was_hidden() -> None:
    edited = heard(comment("edited", message="The seam opened twice"))
    assert (edited.native_id, edited.extra["changed_at"]) == ("fb-comment:900077_41", "2026-03-02T10:41:40+00:00")
    assert heard(DELETED).deleted
    assert heard(DELETED).native_id == heard(COMMENT).native_id
    assert heard(comment("hide")).extra["hidden"] is True
    assert CONNECTOR.receive(settings=SETTINGS, request=comment("hide", message="")).raws == ()
    assert (heard(EDITED).text, heard(EDITED).native_id) == ("Hello??", heard(MESSAGE).native_id)
    assert heard(UNSENT).deleted


def test_messages_are_private_and_one_conversation_with_each_person() -> None:
    theirs, ours, direct = heard(MESSAGE), heard(ECHO), heard(DIRECT)
    assert (theirs.private, theirs.thread, theirs.direction) == (True, "fb-messages:6000000003", Direction.IN)
    assert (ours.thread, ours.direction, ours.idempotency_key) == (theirs.thread, Direction.OUT, "message-7")
    assert (direct.thread, direct.parent) == ("ig-messages:6000000003", "ig-message:aWdf0")
    assert direct.author.native_id == "ig/6000000003"


def test_visitors_posts_but_not_our_own() -> None:
    assert heard(VISITOR).native_id == f"fb-post:{PAGE}_900080"
    by_us: dict[str, Any] = {"from": {"id": PAGE, "name": "Harbour"}}
    ours = comment(item="status", comment_id="", **by_us)
    assert CONNECTOR.receive(settings=SETTINGS, request=ours).raws == ()
    liked = comment(item="reaction", comment_id="")
    assert CONNECTOR.receive(settings=SETTINGS, request=liked).raws == ()


def test_what_was_delivered() -> None:
    reports = CONNECTOR.reports(raw(DELIVERED), {})
    assert [(each.native_id, each.state) for each in reports] == [
        ("fb-message:m_3", Reported.DELIVERED),
        ("fb-message:m_5", Reported.DELIVERED),
    ]
    assert CONNECTOR.reports(raw(MESSAGE), {}) == ()


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (replace(HELLO, query=(("hub.mode", "subscribe"), ("hub.challenge", "1"))), Refusal.UNPROVEN),
        (
            replace(HELLO, query=(*HELLO.query[:1], ("hub.challenge", "<script>"), *HELLO.query[2:])),
            Refusal.MALFORMED,
        ),
        (told("page", secret="another", changes=[]), Refusal.UNPROVEN),
        (replace(COMMENT, headers={"x-hub-signature": "sha1=00"}), Refusal.UNPROVEN),
        (comment(created_time=10**30), Refusal.MALFORMED),
        (message(message={"mid": "", "text": "no id"}), Refusal.MALFORMED),
        (told("page", messaging="nothing"), Refusal.MALFORMED),
    ],
)
def test_what_is_not_taken(request_: WebhookRequest, why: Refusal) -> None:
    with pytest.raises(NotTaken) as refusal:
        CONNECTOR.receive(settings=SETTINGS, request=request_)
    assert refusal.value.why is why


def test_of_a_batch_about_several_pages_our_own_entries_are_taken() -> None:
    [own] = json.loads(comment().body)["entry"]
    foreign = json.loads(comment().body.replace(b"900077_41", b"900077_42"))["entry"][0] | {"id": "1"}
    body = json.dumps({"object": "page", "entry": [foreign, own]}).encode()
    signature = "sha256=" + sign(APP_SECRET, body)
    request = replace(comment(), body=body, headers={"x-hub-signature-256": signature})
    received = CONNECTOR.receive(settings=SETTINGS, request=request)
    assert [heard.native_id for raw in received.raws for heard in CONNECTOR.parse(raw, SETTINGS)] == [
        "fb-comment:900077_41"
    ]


def hear_on(place: MetaWorld, cursor: Cursor, *, most: int = 30) -> tuple[list[str], Cursor]:
    """Deliveries until all that waits was read: the texts, and the cursor after them."""
    heard: list[str] = []
    for delivery in islice(CONNECTOR.listen(settings=place.settings, cursor=cursor, stop=bool, now=place.now), most):
        heard += [each.text for raw in delivery.raws for each in CONNECTOR.parse(raw, place.settings)]
        cursor = delivery.cursor
        if "until" in cursor and "older" not in cursor:
            break
    return heard, cursor


def test_what_was_said_before_it_was_connected_is_read_page_by_page(place: MetaWorld) -> None:
    amina = place.world.account("amina")  # of the four kinds of people: comments, messages, and both on Instagram
    people = (place.mara, place.ola, place.kenji, amina)
    said = {f"{one.handle} says {number}" for one in people for number in range(60)}
    for text in sorted(said):
        place.world.say(place.world.account(text.split()[0]), f"@harbour {text}")
    for number in range(60):
        place.world.say(place.world.account(f"writer{number}"), "@harbour me too", visible=Visible.DIRECT)
    heard, cursor = hear_on(place, {})
    assert said <= set(heard)
    assert heard.count("me too") == 60, "each in a conversation of their own"
    assert len(heard) == len(said) + 60, "none is told twice"
    assert hear_on(place, cursor)[0] == []


def test_what_waits_survives_a_restart_after_every_page(place: MetaWorld) -> None:
    said = {f"number {number}" for number in range(120)}
    for text in sorted(said):
        place.says(text)
    heard: list[str] = []
    cursor: Cursor = {}
    for _ in range(40):
        more, cursor = hear_on(place, cursor, most=3)  # the subscription, a look, and one page
        heard += more
    assert set(heard) == said


def test_older_pages_leave_room_for_what_is_new() -> None:
    with MetaWorld(calls=RateLimit.unlimited()) as place:
        for number in range(120):
            place.says(f"number {number}")
        place.twin.used = 71  # per cent of Meta's limit
        heard, cursor = hear_on(place, {}, most=2)
        assert len(heard) < 120
        assert cursor["older"]
        stream = CONNECTOR.listen(settings=place.settings, cursor=cursor, stop=bool, now=place.now)
        asked = len(place.twin.asked)
        list(islice(stream, 2))
        assert len(place.twin.asked) - asked == 5, "the subscription and the newest page of each list"
        place.twin.used = 28
        assert len(hear_on(place, cursor)[0]) == 120 - len(heard)


def test_a_limit_that_is_met_on_the_way_costs_no_page_twice() -> None:
    with MetaWorld(calls=RateLimit(6, 60)) as place:  # a look takes five calls with its subscription
        for number in range(120):
            place.says(f"number {number}")
        heard: list[str] = []
        cursor: Cursor = {}
        stream = CONNECTOR.listen(settings=place.settings, cursor=cursor, stop=bool, now=place.now)
        with pytest.raises(Retry, match="asks us to wait") as limit:
            for delivery in stream:
                heard += [each.text for raw in delivery.raws for each in CONNECTOR.parse(raw, place.settings)]
                cursor = delivery.cursor
        assert timedelta(minutes=7) <= limit.value.after
        assert 0 < len(heard) < 120
        assert len(heard) == len(set(heard))
        assert cursor["older"], "it goes on from there"


def test_a_thing_that_is_deleted_while_its_older_page_waits_stops_nothing(place: MetaWorld) -> None:
    older = [{"what": "replies", "node": "1790000999", "begin": "2026-03-01T10:00:00+00:00", "after": "50"}]
    place.says("hello?")
    heard, cursor = hear_on(place, {"older": older})
    assert heard == ["hello?"]
    assert "older" not in cursor


def test_without_an_instagram_account_its_events_are_strange() -> None:
    with pytest.raises(NotTaken) as refusal:
        CONNECTOR.receive(settings={**SETTINGS, "instagram_id": ""}, request=ON_INSTAGRAM)
    assert refusal.value.why is Refusal.STRANGE


def test_what_no_webhook_told_is_asked_for_on_both_sites(place: MetaWorld) -> None:
    say = place.world.say
    for by in (place.mara, place.ola, place.kenji):
        say(by, f"@harbour from {by.handle}")
    say(place.kenji, "in private", visible=Visible.DIRECT)
    first, cursor = listened(place)
    assert sorted((each.native_id.partition(":")[0], each.text, each.private) for each in first) == [
        ("fb-comment", "from mara", False),
        ("fb-message", "from ola", True),
        ("ig-comment", "from kenji", False),
        ("ig-message", "in private", True),
    ]
    assert listened(place, cursor)[0] == []
    assert "feed" in place.twin.subscribed["subscribed_fields"]
    edited = place.says("one")
    _once, cursor = listened(place, cursor)
    place.world.edit(edited.number, "two")
    assert [each.text for each in listened(place, cursor)[0]] == ["two"]


@pytest.mark.parametrize("who", ["mara", "ola", "kenji"])
def test_an_answer_goes_where_the_words_stand_and_is_found_there(place: MetaWorld, who: str) -> None:
    by: Account = place.world.account(who)
    post = place.world.say(by, "@harbour hello?")
    outgoing = answer(place, post)
    assert CONNECTOR.find_sent(settings=place.settings, outgoing=outgoing) is None
    sent = send(place, outgoing)
    *_, ours = place.world.posts()
    assert (ours.parent, ours.text, sent) == (post.number, "We look into it.", place._native_id(ours))
    found = CONNECTOR.find_sent(settings=place.settings, outgoing=outgoing)
    assert found is not None
    assert found.native_id == sent
    later = replace(outgoing, written_at=found.at + timedelta(minutes=5))
    assert CONNECTOR.find_sent(settings=place.settings, outgoing=later) is None, "that was said before"


def test_on_instagram_answers_stand_below_the_uppermost_comment(place: MetaWorld) -> None:
    top = place.world.say(place.kenji, "hello?")
    below = place.world.say(place.kenji, "anybody?", parent=top.number)
    send(place, answer(place, below, thread=f"ig-comment:{place.twin.id_of(top)}"))
    *_, ours = place.world.posts()
    assert ours.parent == top.number


def test_one_private_reply_to_a_comment(place: MetaWorld) -> None:
    post = place.says("hello?")
    assert send(place, answer(place, post, private=True)).startswith("fb-message:m_private")
    assert place.twin.sent[0]["recipient"] == {"comment_id": place.twin.id_of(post)}
    with pytest.raises(Refused, match="private reply to this comment already"):
        send(place, answer(place, post, private=True))
    assert CONNECTOR.capabilities({}).first_private_window == timedelta(days=7)


def test_after_a_day_only_people_may_answer_and_only_where_it_is_granted() -> None:
    said_at = datetime.now(UTC) - timedelta(hours=30)
    with MetaWorld(now=lambda: said_at) as place:
        post = place.world.say(place.ola, "hello?")
        with pytest.raises(Refused, match="too long ago"):
            send(place, answer(place, post))
        with pytest.raises(Refused, match="too long ago"):
            send(place, answer(place, post, automatic=True), human_agent="yes")
        send(place, answer(place, post), human_agent="yes")
        assert place.twin.sent[-1]["tag"] == "HUMAN_AGENT"
        assert place.twin.sent[-1]["message"]["metadata"] == "message-7"
    assert CONNECTOR.capabilities({}).private_window == timedelta(hours=24)
    assert CONNECTOR.capabilities({"human_agent": "yes"}).private_window == timedelta(days=7)
    assert CONNECTOR.capabilities({}).reply_window is None


def test_what_cant_be_sent(place: MetaWorld) -> None:
    post, direct = (
        place.world.say(place.kenji, "hello?"),
        place.world.say(place.kenji, "hello?", visible=Visible.DIRECT),
    )
    with pytest.raises(Refused, match="300"):
        send(place, answer(place, post, text="x" * 301))
    with pytest.raises(Refused, match="1,000 bytes"):
        send(place, answer(place, direct, text="é" * 501))
    place.world.delete(post.number)
    with pytest.raises(Refused, match="gone"):
        send(place, answer(place, post))
    with pytest.raises(Refused, match="can't write first"):
        send(place, replace(answer(place, direct), in_reply_to=None))


def test_limits_wait_as_long_as_a_header_says() -> None:
    with MetaWorld(calls=RateLimit(1, 3600)) as place:
        with pytest.raises(Retry) as wait:
            listened(place)
        assert timedelta(minutes=7) <= wait.value.after < timedelta(minutes=8, seconds=30)
        with pytest.raises(Uncertain):
            CONNECTOR.find_sent(settings=place.settings, outgoing=answer(place, place.says("hello?")))
    quota = quota_of({"x-app-usage": '{"call_count":28}', "x-business-use-case-usage": '{"1":[{"call_count":90}]}'})
    assert quota is not None
    assert (quota.left, quota.limit) == (10, 100)
    assert quota_of({"x-app-usage": "nothing"}) is None


def test_a_page_that_cant_be_subscribed_is_heard_by_asking(place: MetaWorld) -> None:
    place.twin.can_subscribe = False
    place.says("hello?")
    stream = CONNECTOR.listen(settings=place.settings, cursor={}, stop=lambda: False, now=place.now)
    (gap,) = next(stream).gaps
    assert "pages_manage_metadata" in gap.reason
    assert len(next(stream).raws) == 1
    assert any("Subscribed as soon" in line.detail for line in CONNECTOR.check(settings=place.settings))


def test_test_it_now_shows_the_last_three_and_posts_nothing(place: MetaWorld) -> None:
    for number in range(5):
        place.says(f"number {number}")
    before = len(list(place.world.posts()))
    lines = CONNECTOR.check(settings=place.settings)
    assert all(line.passed for line in lines), lines
    assert len([each for line in lines for each in line.heard]) == 3
    assert len(list(place.world.posts())) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"page_token": "wrong"}, "make a new one"),
        ({"app_secret": "wrong"}, "appsecret_proof"),
        ({"page_id": "harbour"}, "Page ID"),
        ({"page_id": "77"}, "no such thing"),
        ({"verify_token": ""}, "Verify token"),
        ({"api": "http://127.0.0.1:9"}, "can't be reached"),
    ],
)
def test_test_it_now_says_what_is_wrong(place: MetaWorld, change: dict[str, str], says: str) -> None:
    lines = CONNECTOR.check(settings={**place.settings, **change})
    assert lines[-1].passed is False
    assert says in lines[-1].detail
