"""The connector against its twin, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goodword.connectors.contract import (
    Author,
    Delivery,
    Heard,
    Kind,
    Media,
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
    SendingSuite,
    Subject,
    TransmissionSuite,
)
from goodword.connectors.contract_suite.subject import Webhooks
from goodword.connectors.receiving import NotTaken, Refusal, WebhookRequest
from goodword.connectors.telegram.account import API
from goodword.connectors.telegram.connector import Telegram
from goodword.connectors.telegram.twin import TOKEN
from goodword.connectors.twins.faults import RateLimit
from tests.connectors.recorded_payloads import raws
from tests.connectors.telegram.world import TelegramWorld

CONNECTOR = Telegram()
SECRET = "between-telegram-and-us"
PAYLOADS = Path(__file__).parent / "payloads"


def told(name: str, secret: str = SECRET) -> WebhookRequest:
    """A request as Telegram makes it."""
    return WebhookRequest(
        method="POST",
        address="https://goodword.example/hooks/x",
        headers={"x-telegram-bot-api-secret-token": secret, "content-type": "application/json"},
        body=(PAYLOADS / f"{name}.json").read_bytes(),
        at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    )


class TestTelegram(ContractSuite, ListeningSuite, ReceivingSuite, SendingSuite, TransmissionSuite):
    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        good = [raw for raw in raws("telegram", "*.json", "application/json") if ".bad." not in raw.delivery_id]
        bad = raws("telegram", "*.bad.json", "application/json")
        with TelegramWorld(webhook_secret=SECRET) as world:
            yield Subject(
                CONNECTOR,
                world.settings,
                good,
                bad,
                world=world,
                forgets_keys=True,
                webhooks=Webhooks(told=[told("private"), told("photo"), told("edited-in-group")]),
            )


@pytest.fixture
def place() -> Iterator[TelegramWorld]:
    with TelegramWorld() as world:
        yield world


def parsed(name: str) -> Heard:
    (heard,) = CONNECTOR.parse(Raw(name, (PAYLOADS / f"{name}.json").read_bytes()), {})
    return heard


def deliveries(place: TelegramWorld, cursor: dict[str, object], many: int, **settings: str) -> list[Delivery]:
    """The first deliveries after the one that says who we are."""
    stream = CONNECTOR.listen(settings={**place.settings, **settings}, cursor=cursor, stop=lambda: False, now=place.now)
    next(stream)
    return [next(stream) for _ in range(many)]


def heard(place: TelegramWorld, **settings: str) -> list[Heard]:
    (delivery,) = deliveries(place, {}, 1, **settings)
    return [each for raw in delivery.raws for each in CONNECTOR.parse(raw, place.settings)]


def answer(in_reply_to: str, text: str = "We look into it.", *, private: bool = False, **more: object) -> Outgoing:
    return Outgoing(
        idempotency_key="key",
        text=text,
        private=private,
        thread=None,
        in_reply_to=in_reply_to,
        references=(),
        to=Author(native_id="500000003"),
        **more,  # type: ignore[arg-type]
    )


def send(place: TelegramWorld, outgoing: Outgoing) -> str:
    return CONNECTOR.send(settings=place.settings, outgoing=outgoing, now=place.now).native_id


def test_a_private_message() -> None:
    mara = parsed("private")
    assert (mara.native_id, mara.thread, mara.private, mara.kind) == ("500000002/41", "500000002", True, Kind.CHAT)
    assert mara.author == Author(native_id="500000002", handle="mara_j", name="Mara J.")
    assert mara.text == "The seam of my jacket opened 😭"


def test_an_edited_answer_in_a_group_names_who_is_mentioned_by_utf16_units() -> None:
    ola = parsed("edited-in-group")
    assert (ola.parent, ola.private, ola.kind, ola.thread) == ("-1001000000077/1200", False, Kind.REPLY, None)
    assert ola.addressed == ("harbour_bot",)
    assert ola.url == "https://t.me/harbourfriends/1207"
    assert ola.extra["changed_at"] == "2026-03-02T10:41:00+00:00"


def test_files_are_named_and_the_token_is_not() -> None:
    (photo,) = parsed("photo").media
    assert (photo.url, photo.filename) == ("telegram-file:AgACAgLarge", "photo.jpg")
    (voice,) = parsed("voice").media
    assert voice.declared_type == "audio/ogg"
    assert parsed("voice").extra["forwarded"] is True
    assert parsed("location").extra["location"] == [52.52, 13.405]


def test_in_a_forum_the_beginning_of_a_topic_is_not_what_is_answered() -> None:
    assert parsed("forum").parent is None
    assert parsed("forum").author.native_id == "-1001000000077"


def test_in_groups_only_what_is_said_to_the_bot_is_kept(place: TelegramWorld) -> None:
    say = place.world.say
    say(place.ola, "Nice weather")
    asked = say(place.ola, "😭 @harbour the zip broke")
    send(place, answer(f"-1001000000077/{asked.number}"))
    *_, ours = place.world.posts()
    say(place.ola, "Thanks", parent=ours.number)
    say(place.mara, "/start")
    assert [each.text for each in heard(place)] == ["😭 @harbour_bot the zip broke", "Thanks"]
    assert len(heard(place, groups="all")) == 3


def test_edits_are_heard(place: TelegramWorld) -> None:
    post = place.says("one")
    place.world.edit(post.number, "two")
    assert [(each.text, "changed_at" in each.extra) for each in heard(place)][-1] == ("two", True)


def test_an_answer_stands_in_the_group_or_goes_to_its_author_alone(place: TelegramWorld) -> None:
    asked = place.world.say(place.ola, "@harbour the zip broke")
    send(place, answer(f"-1001000000077/{asked.number}"))
    *_, ours = place.world.posts()
    assert ours.parent == asked.number
    with pytest.raises(Refused, match="initiate"):  # she never wrote to the bot
        send(place, answer(f"-1001000000077/{asked.number}", private=True))


def test_a_message_that_was_taken_back_can_still_be_answered(place: TelegramWorld) -> None:
    first, second = place.says("one"), place.says("two")
    place.world.delete(second.number)
    send(place, answer(f"500000002/{second.number}"))
    assert [post.parent for post in place.world.posts()][-1] == first.number


def test_files_go_out_in_one_message(place: TelegramWorld) -> None:
    asked = f"500000002/{place.says('hello').number}"
    photo = Media("seam.png", "image/png", content=b"\x89PNG...")
    label = Media("Rücksendung.pdf", "application/pdf", content=b"%PDF...")
    send(place, answer(asked, media=(photo,)))
    send(place, answer(asked, media=(photo, label)))
    *_, one, two = place.world.posts()
    assert [(file.name, file.content) for file in one.files] == [("seam.png", b"\x89PNG...")]
    assert [file.content for file in two.files] == [b"\x89PNG...", b"%PDF..."]
    assert two.text == "We look into it."
    with pytest.raises(Refused, match="1,024"):
        send(place, answer(asked, "x" * 1025, media=(photo,)))


def test_files_are_fetched_by_the_bot(place: TelegramWorld) -> None:
    file = place.world.keep_file("seam.jpg", "image/jpeg", b"\xff\xd8 picture")
    place.world.say(place.mara, "like this", files=[file])
    (message,) = heard(place)
    (media,) = message.media
    assert media.url is not None

    def fetch(max_bytes: int) -> bytes:
        return CONNECTOR.fetch(settings=place.settings, url=media.url or "", max_bytes=max_bytes)

    assert fetch(100) == b"\xff\xd8 picture"
    with pytest.raises(Refused, match="larger"):
        fetch(5)
    with pytest.raises(Refused):
        CONNECTOR.fetch(settings=place.settings, url="https://elsewhere.example/x", max_bytes=100)


def test_too_many_messages_wait_as_long_as_the_body_says() -> None:
    with TelegramWorld(messages=RateLimit(1, 60)) as place:
        asked = f"500000002/{place.says('hello').number}"
        send(place, answer(asked))
        with pytest.raises(Retry) as wait:
            send(place, answer(asked))
    assert timedelta(seconds=1) <= wait.value.after <= timedelta(seconds=2)


def test_after_a_lost_answer_nobody_can_say(place: TelegramWorld) -> None:
    with pytest.raises(Uncertain, match="look into the chat"):
        CONNECTOR.find_sent(settings=place.settings, outgoing=answer("500000002/1"))


def test_a_day_without_asking_is_a_gap_and_a_week_of_silence_starts_without_an_offset(place: TelegramWorld) -> None:
    away = place.now() - timedelta(days=7)
    cursor: dict[str, object] = {"after": 999_999_999, "heard": away.isoformat(), "asked": away.isoformat()}
    said = place.says("hello?")
    first, _second = deliveries(place, cursor, 2)
    (gap,) = first.gaps
    assert (gap.since, gap.until is not None and gap.until - gap.since > timedelta(days=5)) == (away, True)
    assert [each.native_id for raw in first.raws for each in CONNECTOR.parse(raw, {})] == [f"500000002/{said.number}"]


def test_the_place_in_one_bots_updates_means_nothing_to_another(place: TelegramWorld) -> None:
    said = place.says("hello?")
    asked = place.now().isoformat()
    cursor: dict[str, object] = {"bot": 7, "after": 10**9, "heard": asked, "asked": asked}
    (first,) = deliveries(place, cursor, 1)
    assert [each.native_id for raw in first.raws for each in CONNECTOR.parse(raw, {})] == [f"500000002/{said.number}"]
    assert first.cursor["bot"] not in {None, 7}


def test_a_webhook_is_put_where_it_belongs(place: TelegramWorld) -> None:
    hook = "http://127.0.0.1:9/hooks/x"  # a server of one's own tells http, too
    deliveries(place, {}, 1, way="webhook", webhook_secret=SECRET, hook=hook)
    assert place.twin.webhook["url"] == hook
    assert place.twin.webhook["secret_token"] == SECRET
    hooked = {"way": "webhook", "webhook_secret": SECRET[::-1], "hook": hook}
    long_ago = int((place.now() - timedelta(days=1)).timestamp())
    place.twin.trouble = {"pending_update_count": 1, "last_error_message": "401", "last_error_date": long_ago}
    deliveries(place, {}, 1, **hooked)
    assert place.twin.webhook["secret_token"] == SECRET[::-1], "another secret is told, though the address is the same"
    place.twin.trouble["last_error_date"] = int(place.now().timestamp())
    with pytest.raises(Retry, match="can't tell us: 401"):
        deliveries(place, {}, 1, **hooked)
    with pytest.raises(Refused, match="webhook"):  # now nobody can ask
        deliveries(place, {}, 1)
    with pytest.raises(Refused, match="https"):
        deliveries(place, {}, 1, way="webhook", webhook_secret=SECRET, hook="http://goodword.example/x", api=API)


def test_what_a_webhook_tells_of_others_is_not_stored() -> None:
    settings = {"token": TOKEN, "webhook_secret": SECRET, "learned": {"username": "harbour_bot"}}
    update = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1,
            "from": {"id": 3},
            "chat": {"id": -7, "type": "group"},
            "text": "Nice weather",
        },
    }
    request = told("private")
    other = replace(request, body=_json(update))
    assert CONNECTOR.receive(settings=settings, request=other).raws == ()
    assert len(CONNECTOR.receive(settings=settings, request=request).raws) == 1
    odd = replace(request, body=request.body.replace(b"seam", b"se\xffm"))
    assert len(CONNECTOR.receive(settings=settings, request=odd).raws) == 1
    with pytest.raises(NotTaken) as refusal:
        CONNECTOR.receive(settings=settings, request=told("html.bad"))
    assert refusal.value.why is Refusal.MALFORMED


def _json(update: object) -> bytes:
    return json.dumps(update).encode()


def test_test_it_now_shows_what_waits_and_takes_nothing_away(place: TelegramWorld) -> None:
    for number in range(5):
        place.says(f"number {number}")
    lines = CONNECTOR.check(settings=place.settings)
    assert all(line.passed for line in lines), lines
    assert [each.text for line in lines for each in line.heard] == ["number 4", "number 3", "number 2"]
    assert len(heard(place)) == 5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"token": "wrong"}, "isn't whole"),
        ({"token": "1:wrong-wrong-wrong-wrong-wrong"}, "doesn't know this token"),
        ({"api": "http://127.0.0.1:9"}, "can't be reached"),
        ({"way": "webhook", "webhook_secret": "short"}, "16 to 256"),
    ],
)
def test_test_it_now_says_what_is_wrong(place: TelegramWorld, change: dict[str, str], says: str) -> None:
    lines = CONNECTOR.check(settings={**place.settings, **change})
    assert lines[-1].passed is False
    assert says in lines[-1].detail
