"""The suite's rules for webhooks fail for a connector that breaks one: a planted fault for each."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from goodword.connectors.contract import Author, Capabilities, Field, Heard, Malformed, Raw, Settings
from goodword.connectors.contract_suite import ContractBroken, Subject, Webhooks, receives
from goodword.connectors.receiving import (
    NotTaken,
    Proof,
    Received,
    Refusal,
    Webhook,
    WebhookReply,
    WebhookRequest,
    check_age,
    is_same,
    is_signed,
)

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SECRET = "correct horse battery"
PAGE = "harbour"


def signed(body: bytes, *, at: datetime = AT) -> WebhookRequest:
    """As the network signs: the time and the body."""
    stamp = str(int(at.timestamp()))
    mark = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return WebhookRequest("POST", "https://x/hooks/1", headers={"x-time": stamp, "x-signature": mark}, body=body, at=at)


def told(text: str, page: str = PAGE) -> WebhookRequest:
    return signed(json.dumps({"page": page, "id": f"id of {text}", "text": text}).encode())


class Sound:
    """A connector that keeps every rule."""

    key = "sound"
    label = "Sound"
    fields: Sequence[Field] = (Field("secret", "Secret", secret=True),)
    webhook = Webhook(Proof.SIGNATURE, methods=("GET", "POST"), replay_window=timedelta(minutes=5))

    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities()

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        try:
            said = json.loads(raw.body)
            return (Heard(said["id"], Author("mara"), AT, said["text"]),)
        except (ValueError, KeyError, TypeError) as error:
            raise Malformed("not a post") from error

    def receive(self, *, settings: Settings, request: WebhookRequest) -> Received:
        secret = self.secret_of(settings)
        if request.method == "GET":
            return self.answer(dict(request.query), secret)
        stamp = request.headers.get("x-time", "")
        self.prove(request, stamp, secret)
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
            raise NotTaken(Refusal.MALFORMED, "No time.")
        self.look_at_age(datetime.fromtimestamp(int(stamp), UTC), request.at)
        return Received((self.raw_of(request),), self.reply())

    def secret_of(self, settings: Settings) -> str:
        return str(settings.get("secret") or "")

    def answer(self, query: dict[str, str], secret: str) -> Received:
        if not (secret and is_same(query.get("token", ""), secret)):
            raise NotTaken(Refusal.UNPROVEN)
        return Received(reply=WebhookReply(body=query.get("challenge", "").encode()))

    def prove(self, request: WebhookRequest, stamp: str, secret: str) -> None:
        said = stamp.encode("utf-8", "surrogatepass") + b"." + request.body
        if not is_signed(request.headers.get("x-signature", ""), secret=secret, said=said):
            raise NotTaken(Refusal.UNPROVEN, "Its signature is not ours.")

    def look_at_age(self, at: datetime, now: datetime) -> None:
        check_age(at, now=now, window=timedelta(minutes=5))

    def raw_of(self, request: WebhookRequest) -> Raw:
        try:
            said = json.loads(request.body)
            page, native_id = said["page"], str(said["id"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise NotTaken(Refusal.MALFORMED) from error
        self.look_at_page(page)
        return Raw(native_id, request.body)

    def look_at_page(self, page: object) -> None:
        if page != PAGE:
            raise NotTaken(Refusal.STRANGE)

    def reply(self) -> WebhookReply:
        return WebhookReply()


class NewIdEachTime(Sound):
    count = 0

    def raw_of(self, request: WebhookRequest) -> Raw:
        self.count += 1
        return Raw(str(self.count), request.body)


class SameIdForAll(Sound):
    def raw_of(self, request: WebhookRequest) -> Raw:
        return Raw("it", request.body)


class NoSuccess(Sound):
    def reply(self) -> WebhookReply:
        return WebhookReply(302)


class Endless(Sound):
    webhook = Webhook(Proof.SIGNATURE, methods=("GET", "POST"), max_bytes=10**9)


class AnswersAnybody(Sound):
    def answer(self, query: dict[str, str], secret: str) -> Received:
        return Received(reply=WebhookReply(body=query.get("challenge", "").encode()))


class AnswersOtherwise(Sound):
    def answer(self, query: dict[str, str], secret: str) -> Received:
        return Received(reply=WebhookReply(body=b"yes"))


class BelievesAll(Sound):
    def prove(self, request: WebhookRequest, stamp: str, secret: str) -> None:
        return


class BelievesNoSecret(Sound):
    def prove(self, request: WebhookRequest, stamp: str, secret: str) -> None:
        if secret:
            super().prove(request, stamp, secret)


class BelievesTheEmptySecret(Sound):
    """Whoever knows that nothing was set can sign with nothing."""

    def prove(self, request: WebhookRequest, stamp: str, secret: str) -> None:
        super().prove(request, stamp, secret or SECRET)


class SignsTheTimeAlone(Sound):
    def prove(self, request: WebhookRequest, stamp: str, secret: str) -> None:
        if not request.headers.get("x-signature") or secret != SECRET:
            raise NotTaken(Refusal.UNPROVEN)


class SaysAnotherReason(Sound):
    def prove(self, request: WebhookRequest, stamp: str, secret: str) -> None:
        try:
            super().prove(request, stamp, secret)
        except NotTaken as refusal:
            raise NotTaken(Refusal.MALFORMED) from refusal


class TakesTheOld(Sound):
    def look_at_age(self, at: datetime, now: datetime) -> None:
        return


class TakesTheFuture(Sound):
    def look_at_age(self, at: datetime, now: datetime) -> None:
        if at < now:
            super().look_at_age(at, now)


class TakesStrangers(Sound):
    def look_at_page(self, page: object) -> None:
        return


class Breaks(Sound):
    def prove(self, request: WebhookRequest, stamp: str, secret: str) -> None:
        int(stamp)
        super().prove(request, stamp, secret)


class TellsTheSecret(Sound):
    def prove(self, request: WebhookRequest, stamp: str, secret: str) -> None:
        try:
            super().prove(request, stamp, secret)
        except NotTaken as refusal:
            raise NotTaken(Refusal.UNPROVEN, f"It should be signed with {secret}.") from refusal


RULES: dict[str, Callable[[Subject], None]] = {
    "receives": receives.check_receives,
    "answers the network": receives.check_answers_the_network,
    "refuses the unproven": receives.check_refuses_the_unproven,
    "refuses the old": receives.check_refuses_the_old,
    "refuses strangers": receives.check_refuses_strangers,
    "any request is answered": receives.check_any_request_is_answered,
}
PLANTED: list[tuple[str, type[Sound]]] = [
    ("receives", NewIdEachTime),
    ("receives", SameIdForAll),
    ("receives", NoSuccess),
    ("receives", Endless),
    ("answers the network", AnswersAnybody),
    ("answers the network", AnswersOtherwise),
    ("refuses the unproven", BelievesAll),
    ("refuses the unproven", BelievesNoSecret),
    ("refuses the unproven", BelievesTheEmptySecret),
    ("refuses the unproven", SignsTheTimeAlone),
    ("refuses the unproven", SaysAnotherReason),
    ("refuses the old", TakesTheOld),
    ("refuses the old", TakesTheFuture),
    ("refuses strangers", TakesStrangers),
    ("any request is answered", Breaks),
    ("any request is answered", BelievesAll),
    ("any request is answered", TellsTheSecret),
]


def _try(rule: str, kind: type[Sound]) -> None:
    question = (("token", SECRET), ("challenge", "1158201444"))
    asked = WebhookRequest("GET", "https://x/hooks/1", query=question, at=AT)
    hooks = Webhooks(
        told=[told("Hello"), told("Hello again")],
        asked=[(asked, WebhookReply(body=b"1158201444"))],
        strange=[told("Hello", page="another")],
    )
    RULES[rule](Subject(kind(), {"secret": SECRET}, recorded=[], webhooks=hooks))


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_connector_passes(rule: str) -> None:
    _try(rule, Sound)


@pytest.mark.parametrize(("rule", "kind"), PLANTED, ids=lambda each: each if isinstance(each, str) else each.__name__)
def test_a_planted_fault_is_found(rule: str, kind: type[Sound]) -> None:
    with pytest.raises(ContractBroken):
        _try(rule, kind)


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, _ in PLANTED} == set(RULES)


def test_a_signature_proves_by_its_secret_and_never_without_one() -> None:
    mark = hmac.new(SECRET.encode(), b"said", hashlib.sha256).hexdigest()
    assert is_signed(mark.upper(), secret=SECRET, said=b"said")
    assert not is_signed(mark, secret=SECRET, said=b"Said")
    assert not is_signed("é\ud800", secret=SECRET, said=b"said")
    assert not is_signed(hmac.new(b"", b"said", hashlib.sha256).hexdigest(), secret="", said=b"said")
    assert is_signed(hmac.new(b"k", b"said", hashlib.sha1).hexdigest(), secret="k", said=b"said", algorithm="sha1")
