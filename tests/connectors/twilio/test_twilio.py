"""The connector against its twin, over real HTTP, and with requests signed as Twilio signs them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from goodword.connectors.contract import Author, Heard, Kind, Outgoing, Raw, Refused
from goodword.connectors.contract_suite import (
    ChargingSuite,
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
from goodword.connectors.receiving import NotTaken, Received, Refusal, WebhookReply, WebhookRequest
from goodword.connectors.twilio import listening
from goodword.connectors.twilio.connector import Twilio
from goodword.connectors.twilio.receiving import sign
from goodword.connectors.twilio.twin import ACCOUNT, NUMBER, TOKEN, number_of, sid
from goodword.connectors.twins.world import Visible
from tests.connectors.twilio.world import CALLER, HOOK, TwilioWorld, told

CONNECTOR = Twilio()
SETTINGS = {"account_sid": ACCOUNT, "auth_token": TOKEN, "number": NUMBER, "greeting": "Hello <you> & yours."}
SMS = told("", MessageSid=sid("SM", 1), Body="The seam opened 😭", NumMedia="0", FromCountry="DE")
MMS = told(
    "sms",
    MessageSid=sid("MM", 2),
    Body="",
    NumMedia="1",
    MediaUrl0=f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid('MM', 2)}/Media/{sid('ME', 1)}",
    MediaContentType0="image/jpeg",
)
RECORDED = told(
    "recorded",
    CallSid=sid("CA", 3),
    RecordingSid=sid("RE", 3),
    RecordingUrl=f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{sid('RE', 3)}",
    RecordingDuration="17",
    Digits="hangup",
)
TRANSCRIPT = told(
    "transcript",
    CallSid=sid("CA", 3),
    RecordingSid=sid("RE", 3),
    TranscriptionSid=sid("TR", 3),
    TranscriptionStatus="completed",
    TranscriptionText="My jacket is broken.",
    TranscriptionUrl=f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Transcriptions/{sid('TR', 3)}",
)
VOICE = told("voice", CallSid=sid("CA", 3), CallStatus="ringing", Direction="inbound")
DELIVERED = told("status", query="key=message-7", MessageSid=sid("SM", 9), MessageStatus="delivered")
FAILED = told("status", query="key=message-8", MessageSid=sid("SM", 8), MessageStatus="failed", ErrorCode="30003")
XML = '<?xml version="1.0" encoding="UTF-8"?><Response>{}</Response>'
GREETING = '<Say language="en-US">Hello &lt;you&gt; &amp; yours.</Say><Record action="recorded" method="POST" '
TO_HEAR = XML.format(GREETING + 'maxLength="180" finishOnKey="#"/>')


def receive(request: WebhookRequest, **settings: str) -> Received:
    return CONNECTOR.receive(settings={**SETTINGS, **settings}, request=request)


def raw(request: WebhookRequest) -> Raw:
    (item,) = receive(request).raws
    return item


def heard(request: WebhookRequest) -> Heard:
    (each,) = CONNECTOR.parse(raw(request), SETTINGS)
    return each


class TestTwilio(
    ChargingSuite, ContractSuite, ListeningSuite, ReceivingSuite, ReportingSuite, SendingSuite, TransmissionSuite
):
    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        call = b'{"type":"call","sid":"%s","caller":"+491","at":"2026-03-02T10:40:00Z"}' % sid("CA", 1).encode()
        with TwilioWorld(greeting=SETTINGS["greeting"]) as world:
            yield Subject(
                CONNECTOR,
                world.settings,
                [raw(SMS), raw(MMS), raw(RECORDED), raw(TRANSCRIPT), Raw("call", call)],
                [
                    Raw("html", b"<html>"),
                    Raw("nothing", b"{}"),
                    Raw("no-zone", call.replace(b"00Z", b"00")),
                    Raw("nobody", call.replace(b"+491", b"")),
                    Raw("no-sid", call.replace(b"CA0", b"../")),
                ],
                reported=[raw(DELIVERED), raw(FAILED)],
                world=world,
                webhooks=Webhooks(
                    told=[SMS, MMS, RECORDED, TRANSCRIPT],
                    asked=[(VOICE, WebhookReply(body=TO_HEAR.encode(), content_type="text/xml; charset=utf-8"))],
                    strange=[
                        told("", MessageSid=sid("SM", 1), Body="hi", To="+15005550007"),
                        told("", MessageSid=sid("SM", 1), Body="hi", AccountSid="AC" + "f" * 32),
                    ],
                ),
            )


@pytest.fixture
def place() -> Iterator[TwilioWorld]:
    with TwilioWorld() as world:
        yield world


def listened(place: TwilioWorld, cursor: object = None, **settings: str) -> tuple[list[Heard], object]:
    stream = CONNECTOR.listen(
        settings={**place.settings, **settings},
        cursor=cursor or {},  # type: ignore[arg-type]
        stop=lambda: False,
        now=place.now,
    )
    delivery = next(stream)
    return [each for item in delivery.raws for each in CONNECTOR.parse(item, {})], delivery.cursor


def answer(text: str = "We look into it.", *, in_reply_to: str = "", to: str = CALLER) -> Outgoing:
    return Outgoing("message-7", text, True, to, in_reply_to or None, (), Author(native_id=to))


def send(place: TwilioWorld, outgoing: Outgoing, **settings: str) -> str:
    return CONNECTOR.send(settings={**place.settings, **settings}, outgoing=outgoing, now=place.now).native_id


def test_the_documents_own_signature() -> None:
    pairs = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+12349013030"),
        ("Digits", "1234"),
        ("From", "+12349013030"),
        ("To", "+18005551212"),
    ]
    signature = sign("https://mycompany.com/myapp.php?foo=1&bar=2", pairs, "12345")
    assert signature == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


def test_a_json_body_is_proven_by_its_digest() -> None:
    body = b'{"AccountSid":"%s","To":"%s","From":"%s","MessageSid":"%s","Body":"hello"}' % (
        ACCOUNT.encode(),
        NUMBER.encode(),
        CALLER.encode(),
        sid("SM", 4).encode(),
    )
    digest = hashlib.sha256(body).hexdigest()
    address = f"{HOOK}?bodySHA256={digest}"
    request = replace(
        SMS,
        address=address,
        query=(("bodySHA256", digest),),
        headers={"content-type": "application/json", "x-twilio-signature": sign(address, (), TOKEN)},
        body=body,
    )
    assert heard(request).text == "hello"
    with pytest.raises(NotTaken) as refusal:
        receive(replace(request, body=body.replace(b"hello", b"other")))
    assert refusal.value.why is Refusal.UNPROVEN


def test_messages_calls_and_what_was_said_are_one_conversation() -> None:
    sms, mms, voicemail, transcript = heard(SMS), heard(MMS), heard(RECORDED), heard(TRANSCRIPT)
    assert {each.thread for each in (sms, mms, voicemail, transcript)} == {CALLER}
    assert {each.author.native_id for each in (sms, mms, voicemail, transcript)} == {CALLER}
    assert (sms.text, sms.extra["country"], sms.private) == ("The seam opened 😭", "DE", True)
    assert [media.filename for media in mms.media] == ["picture.jpg"]
    assert [str(media.url)[-4:] for media in voicemail.media] == [".mp3"]
    assert voicemail.title == "Voicemail of 17 s"
    assert (transcript.parent, transcript.text) == (voicemail.native_id, "My jacket is broken.")
    assert transcript.kind is Kind.REPLY
    assert str(transcript.extra["transcript_url"]).endswith(sid("TR", 3))


def test_the_caller_hears_where_it_goes() -> None:
    assert receive(RECORDED).reply.body.decode() == XML.format("<Hangup/>")
    written = receive(VOICE, transcribe="yes", greeting="", voice_language='de"-DE').reply.body.decode()
    assert written == XML.format(
        '<Record action="recorded" method="POST" maxLength="180" finishOnKey="#"'
        ' transcribe="true" transcribeCallback="transcript"/>'
    )


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (told("elsewhere", MessageSid=sid("SM", 1)), Refusal.MALFORMED),
        (told("", MessageSid="../../x", Body="hi"), Refusal.MALFORMED),
        (told("", MessageSid=sid("SM", 1), From="+" + "9" * 400), Refusal.MALFORMED),
        (told("", token="another", MessageSid=sid("SM", 1), Body="hi"), Refusal.UNPROVEN),
    ],
)
def test_what_is_not_taken(request_: WebhookRequest, why: Refusal) -> None:
    with pytest.raises(NotTaken) as refusal:
        receive(request_)
    assert refusal.value.why is why


def test_a_failed_transcription_says_nothing() -> None:
    failed = told("transcript", RecordingSid=sid("RE", 3), TranscriptionSid=sid("TR", 3), TranscriptionStatus="failed")
    assert receive(failed).raws == ()


def test_who_wants_no_more_is_marked_and_sent_nothing(place: TwilioWorld) -> None:
    for word in ("STOP", " stop ", "Unsubscribe"):
        stopped = heard(told("", MessageSid=sid("SM", 1), Body=word))
        assert (stopped.automatic, stopped.extra["opted_out"]) == (True, True)
    assert heard(told("", MessageSid=sid("SM", 1), Body="adiós", OptOutType="STOP")).extra["opted_out"] is True
    assert "opted_out" not in heard(told("", MessageSid=sid("SM", 1), Body="Stop selling this")).extra
    place.world.say(place.mara, "STOP")
    with pytest.raises(Refused, match="answered STOP"):
        send(place, answer())


def test_what_became_of_an_sms() -> None:
    (delivered,) = CONNECTOR.reports(raw(DELIVERED), {})
    assert (delivered.state, delivered.native_id) == (Reported.DELIVERED, sid("SM", 9))
    assert delivered.idempotency_key == "message-7"
    (failed,) = CONNECTOR.reports(raw(FAILED), {})
    assert "30003" in failed.reason
    queued = told("status", MessageSid=sid("SM", 9), MessageStatus="queued")
    assert CONNECTOR.reports(raw(queued), {}) == ()
    assert CONNECTOR.reports(raw(SMS), {}) == ()


def test_what_no_webhook_told_is_asked_for(place: TwilioWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_SETTLED", -timedelta(minutes=1))
    picture = place.world.keep_file("seam.jpg", "image/jpeg", b"\xff\xd8 picture")
    sms = place.world.say(place.mara, "look", files=[picture])
    call = place.world.say(place.mara, "It is still broken", visible=Visible.FOLLOWERS)
    silent = place.world.say(place.mara, "", visible=Visible.FOLLOWERS)
    first, cursor = listened(place)
    said = {sid("SM", sms.number), sid("RE", call.number), sid("CA", silent.number), sid("TR", call.number)}
    assert {each.native_id for each in first} == said
    texts = {each.native_id[:2]: each.text for each in first}
    assert texts == {"SM": "look", "RE": "", "CA": "Call of 23 s without a message", "TR": "It is still broken"}
    again, cursor = listened(place, cursor)
    assert again == []
    place.says("hello?")
    assert [each.text for each in listened(place, cursor)[0]] == ["hello?"]


def test_a_call_that_just_ended_waits_for_its_recording(place: TwilioWorld) -> None:
    place.world.say(place.mara, "It is still broken", visible=Visible.FOLLOWERS)
    nothing, cursor = listened(place)
    assert nothing == []
    assert cursor["seen"] == []  # type: ignore[index]


def test_files_are_fetched_with_the_token_which_goes_no_further(place: TwilioWorld) -> None:
    picture = place.world.keep_file("seam.jpg", "image/jpeg", b"\xff\xd8 picture")
    place.world.say(place.mara, "look", files=[picture])
    ((mms,), _cursor) = listened(place)

    def fetch(url: str) -> bytes:
        return CONNECTOR.fetch(settings=place.settings, url=url, max_bytes=1000)

    assert fetch(str(mms.media[0].url)) == b"\xff\xd8 picture"
    (asked,) = place.twin.storage_asked
    assert "authorization" not in asked.headers
    with pytest.raises(Refused, match="no file of Twilio"):
        fetch("https://elsewhere.example/2010-04-01/x")


def test_after_a_lost_answer_only_what_was_sent_since_counts(place: TwilioWorld) -> None:
    first = place.says("hello")
    sent = send(place, answer())
    found = CONNECTOR.find_sent(settings=place.settings, outgoing=answer(in_reply_to=sid("SM", first.number)))
    assert found is not None
    assert found.native_id == sent
    for text in ("Something else.", "into it."):
        assert CONNECTOR.find_sent(settings=place.settings, outgoing=answer(text)) is None
    with pytest.raises(Refused, match="hid their number"):
        send(place, answer(to="Restricted"))
    with pytest.raises(Refused, match="not a valid phone number"):
        send(place, answer(to="+499"))


def test_the_price_is_by_the_part() -> None:
    settings = {**SETTINGS, "segment_price": "0.05", "currency": "eur"}
    (expense,) = CONNECTOR.price_of(settings=settings, outgoing=answer("ç" * 71))
    assert (expense.count, expense.amount) == (2, Decimal("0.10"))
    assert CONNECTOR.prices(settings).currency == "EUR"
    assert CONNECTOR.prices({"segment_price": "NaN", "currency": "1"}).answering[0].each == 0


def test_test_it_now_shows_the_last_three_and_sends_nothing(place: TwilioWorld) -> None:
    for number in range(5):
        place.says(f"number {number}")
    before = len(list(place.world.posts()))
    lines = CONNECTOR.check(settings={**place.settings, "hook": HOOK})
    assert all(line.passed for line in lines), lines
    assert HOOK in lines[0].detail
    assert len([each for line in lines for each in line.heard]) == 3
    assert len(list(place.world.posts())) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"account_sid": "AC1"}, "AC and 32"),
        ({"auth_token": "wrong"}, "token"),
        ({"number": "030 123"}, "with + and the country"),
        ({"number": "+15005550009"}, "none of this account's numbers"),
        ({"api": "http://127.0.0.1:9"}, "can't be reached"),
    ],
)
def test_test_it_now_says_what_is_wrong(place: TwilioWorld, change: dict[str, str], says: str) -> None:
    lines = CONNECTOR.check(settings={**place.settings, **change})
    assert any(not line.passed and says in line.detail for line in lines), lines


def test_everybody_has_a_number(place: TwilioWorld) -> None:
    assert number_of(place.mara) == CALLER
