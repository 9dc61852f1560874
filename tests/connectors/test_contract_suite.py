"""The contract suite fails for a connector that breaks a rule: one planted fault for each, and a sound one for all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from goodword.connectors.contract import (
    Author,
    Capabilities,
    Check,
    Cursor,
    Delivery,
    Direction,
    Field,
    FieldKind,
    Gap,
    Heard,
    Interest,
    Malformed,
    Outgoing,
    Overheard,
    Quota,
    Raw,
    Receipt,
    Retry,
    Settings,
    Step,
    Uncertain,
)
from goodword.connectors.contract_suite import ContractBroken, Subject, declares, listens, overhears, parses, sends
from tests.connectors.worlds import reply_to

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SECRET = "correct horse battery"


@dataclass
class Twin:
    """A network in memory, that can be cut off and lose receipts."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    is_cut: bool = False
    loses_receipt: bool = False
    settings: Settings = field(default_factory=lambda: {"token": SECRET}, repr=False)

    def now(self) -> datetime:
        return AT

    def speak(self, count: int) -> list[str]:
        ids = [f"post-{len(self.posts) + number}" for number in range(count)]
        self.posts += [{"id": each, "by": "mara", "text": "Hello"} for each in ids]
        return ids

    def speak_elsewhere(self, text: str) -> str:
        self.posts.append({"id": f"post-{len(self.posts)}", "by": "joe", "text": text})
        return str(self.posts[-1]["id"])

    def cut(self) -> None:
        self.is_cut = True

    def mend(self) -> None:
        self.is_cut = False

    def reply(self, key: str) -> Outgoing:
        return reply_to("post-0", key)

    def arrived(self, key: str) -> int:
        return sum(post.get("key") == key for post in self.posts)

    def lose_next_receipt(self) -> None:
        self.loses_receipt = True


class Sound:
    """A connector that keeps every rule."""

    key = "sound"
    label = "Sound"
    fields: Sequence[Field] = (Field("token", "Token", secret=True),)
    steps: Sequence[Step] = (Step("Make a token.", address="https://network.example/"),)
    quotas: tuple[Quota, ...] = (Quota("requests", left=2, limit=3),)
    learned: Mapping[str, Any] | None = {"max_characters": 500}

    def __init__(self, twin: Twin) -> None:
        self.twin = twin

    def __repr__(self) -> str:
        return "Sound()"

    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities(can_reply=True, can_find_sent=True)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        return (Check("Token", passed=bool(settings.get("token")), detail="A token is needed."),)

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        try:
            post = json.loads(raw.body)
            native_id, by, text, key = post["id"], post["by"], post["text"], post.get("key")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Malformed("not a post") from error
        if not all(
            isinstance(each, str) and each.isprintable() and 0 < len(each) < 99 for each in (native_id, by, text)
        ):
            raise Malformed("a post needs an id, an author and a text")
        out = isinstance(key, str) and key.isprintable()
        return (
            Heard(
                native_id=native_id,
                author=Author(by),
                at=self.time_of(post),
                text=text,
                direction=Direction.OUT if out else Direction.IN,
                idempotency_key=key if out else None,
            ),
        )

    def time_of(self, post: dict[str, Any]) -> datetime:
        return AT

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        position = self.begin(cursor)
        while not stop():
            if self.twin.is_cut:
                raise Retry("The network is away.")
            batch = self.twin.posts[position : position + 2]
            raws = tuple(Raw(self.delivery_id(position + i), self.body(post)) for i, post in enumerate(batch))
            position += len(batch)
            cursor = {"position": position}
            yield Delivery(self.arranged(raws), cursor, self.gaps(), self.quotas, self.learned)
            if not batch:
                time.sleep(0.01)

    def begin(self, cursor: Cursor) -> int:
        return int(cursor.get("position", 0))

    def delivery_id(self, position: int) -> str:
        return f"delivery-{position}"

    def body(self, post: dict[str, Any]) -> bytes:
        return json.dumps(post).encode()

    def arranged(self, raws: tuple[Raw, ...]) -> tuple[Raw, ...]:
        return raws

    def gaps(self) -> tuple[Gap, ...]:
        return ()

    def overhear(
        self,
        *,
        settings: Settings,
        cursor: Cursor,
        stop: Callable[[], bool],
        now: Callable[[], datetime],
        interest: Interest,
    ) -> Iterator[Delivery]:
        for delivery in self.listen(settings=settings, cursor=cursor, stop=stop, now=now):
            posts = [json.loads(raw.body) for raw in delivery.raws]
            answers = interest.wanted([Overheard(post["id"], post["text"]) for post in posts])
            kept = [
                raw
                for raw, post, wanted in zip(delivery.raws, posts, answers, strict=True)
                if self.is_kept(post, wanted=wanted)
            ]
            yield Delivery(raws=tuple(kept), cursor=delivery.cursor)

    def is_kept(self, post: dict[str, Any], *, wanted: bool) -> bool:
        return wanted or post["text"] == "Hello"

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        found = self.find_sent(settings=settings, outgoing=outgoing)
        if found:
            return found
        self.twin.posts.append(
            {"id": f"sent-{outgoing.idempotency_key}", "by": "us", "text": "Sorry", "key": outgoing.idempotency_key}
        )
        if self.twin.loses_receipt:
            self.twin.loses_receipt = False
            raise Uncertain("No answer came.")
        return self.receipt(outgoing)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        return self.receipt(outgoing) if self.twin.arrived(outgoing.idempotency_key) else None

    def receipt(self, outgoing: Outgoing) -> Receipt:
        return Receipt(f"sent-{outgoing.idempotency_key}", AT)


class OddKey(Sound):
    key = "Has Blanks"


class SecretWithDefault(Sound):
    fields = (Field("token", "Token", secret=True, default="admin"),)


class DefaultThatWontDo(Sound):
    fields = (Field("port", "Port", default="many", kind=FieldKind.INTEGER),)


class StepTellsSecret(Sound):
    steps = (Step("Open it.", address="https://network.example/?token={token}"),)


class LearnsSecret(Sound):
    learned = {"token": SECRET}


class LearnsNoJson(Sound):
    learned = {"at": AT}


class MoreLeftThanAllowed(Sound):
    quotas = (Quota("requests", left=5, limit=3),)


class PromisesTooMuch(Sound):
    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities(can_reply=False, can_find_sent=True)


class NeedsSettings(Sound):
    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities(can_reply=True, can_find_sent=True, max_length=len(settings["token"]))


class HangsOnSecret(Sound):
    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities(can_reply=True, can_find_sent=bool(settings.get("token")))


class CheckRaises(Sound):
    def check(self, *, settings: Settings) -> Sequence[Check]:
        return (Check("Token", passed=bool(settings["token"])),)


class CheckTells(Sound):
    def check(self, *, settings: Settings) -> Sequence[Check]:
        return (Check("Token", passed=True, detail=f"The token is {settings.get('token')}"),)


class ReprTells(Sound):
    def __repr__(self) -> str:
        return f"ReprTells({SECRET})"


class Impure(Sound):
    def time_of(self, post: dict[str, Any]) -> datetime:
        return datetime.now(UTC)


class Naive(Sound):
    def time_of(self, post: dict[str, Any]) -> datetime:
        return datetime(2026, 3, 4)  # noqa: DTZ001 - the fault


class Crashes(Sound):
    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        post = json.loads(raw.body)
        return (Heard(post["id"], Author(post["by"]), AT, post["text"]),)


class Swallows(Sound):
    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        try:
            return super().parse(raw, settings)
        except Malformed:
            return ()


class KeepsNul(Sound):
    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        (heard,) = super().parse(raw, settings)
        return (Heard(heard.native_id, heard.author, AT, heard.text, extra={"raw": ["\x00"]}),)


class LosesAtRestart(Sound):
    def begin(self, cursor: Cursor) -> int:
        return int(cursor["position"]) + 1 if cursor else 0


class ForgetsCursor(Sound):
    """Begins at the newest, as if nothing had been said before."""

    def begin(self, cursor: Cursor) -> int:
        return len(self.twin.posts)


class OutOfOrder(Sound):
    def arranged(self, raws: tuple[Raw, ...]) -> tuple[Raw, ...]:
        return raws[::-1]


class NewIdEachTime(Sound):
    counter = 0

    def delivery_id(self, position: int) -> str:
        self.counter += 1
        return f"delivery-{self.counter}-{position}"


class SameIdOtherBody(Sound):
    def delivery_id(self, position: int) -> str:
        return "delivery"


class SilentWhenCut(Sound):
    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        try:
            yield from super().listen(settings=settings, cursor=cursor, stop=stop, now=now)
        except Retry:
            return


class CrashesWhenCut(Sound):
    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        if self.twin.is_cut:
            raise ConnectionResetError
        yield from super().listen(settings=settings, cursor=cursor, stop=stop, now=now)


class TellsWhenCut(Sound):
    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        if self.twin.is_cut:
            raise Retry(f"GET /posts?token={settings['token']} failed")
        yield from super().listen(settings=settings, cursor=cursor, stop=stop, now=now)


class BackwardGap(Sound):
    def gaps(self) -> tuple[Gap, ...]:
        return (Gap(AT, AT - timedelta(hours=1), "away"),)


class KeepsAll(Sound):
    def is_kept(self, post: dict[str, Any], *, wanted: bool) -> bool:
        return True


class KeepsToldAlone(Sound):
    def is_kept(self, post: dict[str, Any], *, wanted: bool) -> bool:
        return super().is_kept(post, wanted=False)


class AsksNobody(Sound):
    def overhear(self, **how: Any) -> Iterator[Delivery]:
        del how["interest"]
        return self.listen(**how)


class SendsTwice(Sound):
    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        return None


class SendsNothing(Sound):
    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        return self.receipt(outgoing)


class OneNameForAll(Sound):
    def receipt(self, outgoing: Outgoing) -> Receipt:
        return Receipt("sent", AT)


class NaiveReceipt(Sound):
    def receipt(self, outgoing: Outgoing) -> Receipt:
        return Receipt(f"sent-{outgoing.idempotency_key}", datetime(2026, 3, 4))  # noqa: DTZ001 - the fault


class OtherNameThanEcho(Sound):
    def receipt(self, outgoing: Outgoing) -> Receipt:
        return Receipt(f"receipt-{outgoing.idempotency_key}", AT)


class SaysRetryWhenLost(Sound):
    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        try:
            return super().send(settings=settings, outgoing=outgoing, now=now)
        except Uncertain as doubt:
            raise Retry("No answer came.") from doubt


class FindsEverything(Sound):
    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        return self.receipt(outgoing)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        raise NotImplementedError


ALONE = {
    "identity": declares.check_identity,
    "capabilities": declares.check_capabilities,
    "checks": declares.check_checks,
    "secrets": declares.check_secrets,
    "recorded": parses.check_recorded,
    "malformed": parses.check_malformed,
    "total": parses.check_total,
}
IN_WORLD = {
    "hears everything": listens.check_hears_everything,
    "resumes": listens.check_resumes,
    "same ids": listens.check_same_ids,
    "gaps": listens.check_gaps,
    "overhears": overhears.check_overhears,
    "sends": sends.check_sends,
    "sends once": sends.check_sends_once,
    "lost receipt": sends.check_lost_receipt,
    "finds nothing": sends.check_finds_nothing,
}
PLANTED: list[tuple[str, type[Sound]]] = [
    ("identity", OddKey),
    ("identity", SecretWithDefault),
    ("identity", DefaultThatWontDo),
    ("identity", StepTellsSecret),
    ("capabilities", PromisesTooMuch),
    ("capabilities", NeedsSettings),
    ("capabilities", HangsOnSecret),
    ("checks", CheckRaises),
    ("checks", CheckTells),
    ("secrets", ReprTells),
    ("recorded", Impure),
    ("recorded", Naive),
    ("recorded", KeepsNul),
    ("malformed", Swallows),
    ("total", Crashes),
    ("hears everything", OutOfOrder),
    ("hears everything", LearnsSecret),
    ("hears everything", LearnsNoJson),
    ("hears everything", MoreLeftThanAllowed),
    ("hears everything", ForgetsCursor),
    ("hears everything", SameIdOtherBody),
    ("resumes", LosesAtRestart),
    ("same ids", NewIdEachTime),
    ("gaps", SilentWhenCut),
    ("gaps", CrashesWhenCut),
    ("gaps", TellsWhenCut),
    ("gaps", BackwardGap),
    ("overhears", KeepsAll),
    ("overhears", KeepsToldAlone),
    ("overhears", AsksNobody),
    ("sends", SendsNothing),
    ("sends", NaiveReceipt),
    ("sends", OtherNameThanEcho),
    ("sends once", SendsTwice),
    ("sends once", OneNameForAll),
    ("lost receipt", SaysRetryWhenLost),
    ("lost receipt", SendsTwice),
    ("finds nothing", FindsEverything),
]


def _try(rule: str, kind: type[Sound]) -> None:
    twin = Twin()
    subject = Subject(
        connector=kind(twin),
        settings=twin.settings,
        recorded=[Raw("1", b'{"id": "post-0", "by": "mara", "text": "Hello"}')],
        malformed=[Raw("2", b"{")],
        world=twin,
        echoes=True,
    )
    if rule in ALONE:
        ALONE[rule](subject)
    else:
        IN_WORLD[rule](subject, twin)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What never comes in memory needn't be waited for."""
    monkeypatch.setattr(listens, "_PATIENCE", 0.5)


@pytest.mark.parametrize("rule", [*ALONE, *IN_WORLD])
def test_a_sound_connector_passes(rule: str) -> None:
    _try(rule, Sound)


@pytest.mark.parametrize(("rule", "kind"), PLANTED, ids=lambda each: each if isinstance(each, str) else each.__name__)
def test_a_planted_fault_is_found(rule: str, kind: type[Sound]) -> None:
    with pytest.raises(ContractBroken):
        _try(rule, kind)


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, _ in PLANTED} == {*ALONE, *IN_WORLD}
