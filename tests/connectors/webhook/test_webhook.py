"""What comes in by a signed webhook, what is refused, and what goes out."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors.contract import Author, Malformed, Outgoing, Raw, Refused, Retry, Uncertain
from goodword.connectors.receiving import NotTaken, Refusal, WebhookRequest
from goodword.connectors.twins.server import Answer, Request
from goodword.connectors.webhook.connector import SignedWebhook
from goodword.connectors.webhook.signature import proven_id, sign
from goodword.connectors.webhook.twin import SECRET, event_of
from tests.connectors.webhook.test_keeps_the_contract import AT, recorded, told
from tests.connectors.webhook.world import AnySystemWorld

CONNECTOR = SignedWebhook()
BODY = b'{"data": {"message": {"text": "Hello"}}}'


@pytest.fixture
def system() -> Iterator[AnySystemWorld]:
    with AnySystemWorld() as world:
        yield world


def outgoing(in_reply_to: str | None, key: str = "key-1", text: str = "We look into it.") -> Outgoing:
    return Outgoing(key, text, False, None, in_reply_to, (), Author("u-2", name="Mara"), agent_name="Ada")


def test_a_known_signature_of_the_standard_is_believed() -> None:
    """The example of https://github.com/standard-webhooks/standard-webhooks."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    request = WebhookRequest(
        "POST",
        "",
        headers={
            "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp": "1614265330",
            "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        },
        body=body,
        at=AT.fromtimestamp(1614265330, AT.tzinfo),
    )
    assert proven_id(request, secret) == "msg_p5jXN8AQM9LWM0D4loKWxJek"


@given(st.text(min_size=1, max_size=40), st.binary(max_size=40))
def test_a_secret_of_any_form_is_believed_and_no_other(secret: str, body: bytes) -> None:
    request = told(body, secret=secret)
    assert proven_id(request, secret) == "msg_1"
    with pytest.raises(NotTaken) as caught:
        proven_id(request, secret + "x")
    assert caught.value.why is Refusal.UNPROVEN


def test_a_replay_is_refused_after_five_minutes() -> None:
    request = told(BODY)
    assert proven_id(replace(request, at=AT + timedelta(minutes=4)), SECRET)
    with pytest.raises(NotTaken) as caught:
        proven_id(replace(request, at=AT + timedelta(minutes=6)), SECRET)
    assert caught.value.why is Refusal.REPLAYED


def test_the_same_delivery_is_one_and_an_id_used_twice_hides_nothing(system: AnySystemWorld) -> None:
    def taken(request: WebhookRequest) -> Raw:
        (raw,) = CONNECTOR.receive(settings=system.settings, request=request).raws
        return raw

    first, other = taken(told(BODY)), taken(told(BODY.replace(b"Hello", b"Other")))
    assert taken(told(BODY)) == first
    assert first.delivery_id != other.delivery_id


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"data": ', b"\x00\xff"])
def test_what_is_no_payload_is_refused_though_it_is_signed(system: AnySystemWorld, body: bytes) -> None:
    with pytest.raises(NotTaken) as caught:
        CONNECTOR.receive(settings=system.settings, request=told(body))
    assert caught.value.why is Refusal.MALFORMED


def test_one_payload_may_say_several_things_and_forms_come_with_the_time_they_came(system: AnySystemWorld) -> None:
    kept = {raw.delivery_id: raw for raw in recorded("*.json")}
    first, second = CONNECTOR.parse(kept["messages.json"], system.settings)
    assert (first.native_id, first.text, first.author.native_id) == ("7", "Third zip in a year.", "u-2")
    assert (second.parent, second.author.native_id) == ("7", "Mara@twin.example")
    (form,) = CONNECTOR.parse(kept["form.json"], system.settings)
    assert form.at == AT


def test_a_payload_is_held_up_until_all_of_it_is_understood(system: AnySystemWorld) -> None:
    raw = recorded("messages.json")[0]
    broken = replace(raw, body=raw.body.replace(b"Anybody there?", b""))
    with pytest.raises(Malformed, match=r"message\.text"):
        CONNECTOR.parse(broken, system.settings)


def test_a_form_as_a_browser_sends_it() -> None:
    request = told(b"comments=Hello&name=Mara")
    request = replace(request, headers={**request.headers, "content-type": "application/x-www-form-urlencoded"})
    settings = {
        "secret": SECRET,
        "place": "x.example",
        "text_path": "comments",
        "author_path": "name",
        "private": "yes",
    }
    (raw,) = CONNECTOR.receive(settings=settings, request=request).raws
    (heard,) = CONNECTOR.parse(raw, settings)
    assert (heard.text, heard.author.name, heard.private, heard.at) == ("Hello", "Mara", True, AT)
    assert not CONNECTOR.capabilities(settings).public


def test_an_answer_goes_out_signed_with_its_key_and_says_where_to_report(
    system: AnySystemWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Request] = []
    monkeypatch.setattr(system.twin, "before", seen.append)
    post = system.says("hello?")
    settings = {**system.settings, "hook": "https://goodword.example/hooks/x/"}
    receipt = CONNECTOR.send(settings=settings, outgoing=outgoing(str(post.number)), now=system.now)
    (request,) = seen
    asked = WebhookRequest("POST", "", headers=request.headers, body=request.body, at=system.now())
    assert proven_id(asked, SECRET) == request.headers["idempotency-key"] == "key-1"
    said: Mapping[str, Any] = request.json()
    assert (said["type"], said["data"]["text"], said["data"]["agent"]) == ("reply", "We look into it.", "Ada")
    assert said["data"]["reports_to"] == "https://goodword.example/hooks/x/"
    assert receipt.native_id == "2"


def test_what_the_other_system_tells_of_an_answer_finds_it(system: AnySystemWorld) -> None:
    post = system.says("hello?")
    receipt = CONNECTOR.send(settings=system.settings, outgoing=outgoing(str(post.number)), now=system.now)
    answer = system.world.post(2)
    assert answer is not None
    body = msgspec.json.encode(event_of(answer))
    (raw,) = CONNECTOR.receive(settings=system.settings, request=told(body)).raws
    (report,) = CONNECTOR.reports(raw, system.settings)
    assert (report.native_id, report.state) == (receipt.native_id, "delivered")
    assert CONNECTOR.parse(raw, system.settings) == ()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({}, 429, {"retry-after": "60"}), Retry),
        (Answer({}, 500), Uncertain),
        (Answer(b"<html>", 502, kind="text/html"), Uncertain),
        (Answer({"error": "no"}, 400), Refused),
        (Answer({}, 410), Refused),
        (Answer(b"", 302, {"location": "http://10.0.0.1/"}), Refused),
    ],
)
def test_an_answer_that_is_not_taken(
    system: AnySystemWorld, monkeypatch: pytest.MonkeyPatch, answer: Answer, error: type[Exception]
) -> None:
    monkeypatch.setattr(system.twin, "before", lambda _request: answer)
    with pytest.raises(error):
        CONNECTOR.send(settings=system.settings, outgoing=outgoing("1"), now=system.now)


@pytest.mark.parametrize("body", [b"", b"ok", b"<html>", b"[]", b'{"id": ""}'])
def test_a_system_that_says_nothing_of_an_answer_has_taken_it(
    system: AnySystemWorld, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    monkeypatch.setattr(system.twin, "before", lambda _request: Answer(body))
    receipt = CONNECTOR.send(settings=system.settings, outgoing=outgoing("1"), now=system.now)
    assert receipt.native_id == "key-1"


def test_check_tries_the_paths_on_the_last_payload_before_the_sample(system: AnySystemWorld) -> None:
    def lines(**more: object) -> Mapping[str, bool]:
        found = CONNECTOR.check(settings={**system.settings, **more})
        heard.extend(each.text for line in found for each in line.heard)
        return {line.label: line.passed for line in found}

    heard: list[str] = []
    assert lines() == {"Secret": True, "Payload": True, "Answers": True}
    sample = '{"data": {"message": {"text": "From the sample"}}}'
    assert lines(sample=sample) == {"Secret": True, "Payload": True, "Mapping": True, "Answers": True}
    assert lines(sample=sample, last_raw=recorded("form.json")[0])["Mapping"]
    assert heard == ["From the sample", "A form, without number or time"]
    assert lines(sample="<html>") == {"Secret": True, "Mapping": False, "Answers": True}
    assert lines(secret="short")["Secret"] is False


def test_without_an_address_for_answers_there_are_none() -> None:
    assert not CONNECTOR.capabilities({"secret": SECRET}).can_reply
    with pytest.raises(Refused, match="Address for answers"):
        CONNECTOR.send(settings={"secret": SECRET}, outgoing=outgoing(None), now=lambda: AT)


def test_a_secret_that_only_looks_like_the_standards_is_taken_as_typed() -> None:
    body, secret = b"{}", "whsec_no base64!"
    assert proven_id(told(body, secret=secret), secret)
    key = base64.b64encode(secret.encode()).decode()
    assert sign("a", 1, body, secret) == sign("a", 1, body, f"whsec_{key}")
