"""The door for networks: what is proven is stored once, all else is refused, counted, and kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goodword.connectors.contract import Author, Capabilities, Field, Heard, Raw, Settings
from goodword.connectors.receiving import (
    NotTaken,
    Proof,
    Received,
    Refusal,
    Webhook,
    WebhookReply,
    WebhookRequest,
    is_signed,
)
from goodword.kernel.clock import current_time
from goodword.kernel.whole_body import BROKEN_OFF
from goodword.listen.change_source import OVERLAP, change_source
from goodword.listen.hook_keys import hook_address, source_id_of
from goodword.listen.models import HookRefusal, Mention, RawItem, Source
from goodword.listen.sources import open_source, stop_source
from goodword.listen.take_received import count_refusal
from goodword.listen.understand import understand
from goodword.listen.views import hooks
from goodword.listen.views.chat_limits import Limit, Limiter
from goodword.staff.models import Role
from tests.care.world import NOON, World
from tests.connectors.installed import installed
from tests.connectors.webhook_signing import sign

SECRET = "correct horse battery"


class Told:
    """A connector of a network that tells us, and signs."""

    key = "told"
    label = "Told"
    fields: Sequence[Field] = (
        Field("secret", "Secret", secret=True),
        Field("token", "Token", secret=True, required=False),
    )
    webhook = Webhook(Proof.SIGNATURE, methods=("GET", "POST"), max_bytes=1000)

    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities()

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        return (Heard(raw.delivery_id, Author("mara"), NOON, json.loads(raw.body)["text"]),)

    def receive(self, *, settings: Settings, request: WebhookRequest) -> Received:
        if request.rest == "broken":
            raise KeyError(settings["secret"])
        if request.method == "GET":
            return Received(reply=WebhookReply(body=dict(request.query)["challenge"].encode()))
        said = request.address.encode() + request.body
        if not is_signed(request.headers.get("x-signature", ""), secret=settings["secret"], said=said):
            raise NotTaken(Refusal.UNPROVEN, "The signature is wrong.")
        posts = json.loads(request.body)
        return Received(tuple(Raw(post["id"], json.dumps(post).encode()) for post in posts), WebhookReply(204))


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(hooks, "_refused", Limiter(Limit(every=timedelta(seconds=2), burst=5)))
    with installed(Told()):
        yield World()


@pytest.fixture
def source(world: World) -> Source:
    settings = {"secret": SECRET}
    return open_source(workspace=world.workspace, connector_key="told", name="Told", settings=settings, now=NOON)


def posts(*ids: str) -> bytes:
    return json.dumps([{"id": each, "text": "My parcel never came"} for each in ids]).encode()


def tell(source: Source, body: bytes, *, rest: str = "", secret: str = SECRET, **more: Any) -> int:
    """The status that the network is answered with."""
    address = hook_address(source.pk) + rest
    signature = sign(secret, address.encode() + body)
    path = "/" + address.split("/", 3)[3]
    client = Client(enforce_csrf_checks=True)
    return client.post(path, body, "application/json", headers={"x-signature": signature, **more}).status_code


def refused(source: Source) -> dict[str, int]:
    return dict(HookRefusal.objects.filter(source=source).values_list("why", "count"))


def test_what_the_network_tells_is_stored_once_and_understood(source: Source) -> None:
    assert tell(source, posts("a", "b")) == 204
    assert tell(source, posts("b", "c"), rest="page?since=1&x=%C3%A9") == 204, "the whole address is signed"
    understand(source_id=source.pk, limit=10, now=current_time())
    assert sorted(Mention.objects.values_list("external_id", flat=True)) == ["a", "b", "c"]
    source.refresh_from_db()
    assert source.last_heard_at is not None
    assert source.cursor == {}
    assert not refused(source)


def test_the_network_is_answered_when_it_asks_whether_the_address_is_ours(source: Source) -> None:
    answer = Client().get(hook_address(source.pk), {"challenge": "1158201444"})
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_what_is_refused_is_counted_and_kept_nowhere(world: World, source: Source) -> None:
    assert tell(source, posts("a"), secret="guessed") == 401
    assert tell(source, posts("a"), secret="guessed again") == 401
    assert tell(source, b" " * 1001) == 413
    assert tell(source, posts("a"), rest="broken") == 503
    assert refused(source) == {"unproven": 2, "too_large": 1, "faulty": 1}
    assert not RawItem.objects.exists()
    admin = Client()
    admin.force_login(world.agent("Ana", Role.ADMIN))
    page = admin.get(f"/w/harbour/sources/{source.pk}/").content.decode()
    assert "not proven to be from the network" in page
    assert "The signature is wrong." in page
    assert SECRET not in page
    assert hook_address(source.pk) in page


def test_other_methods_and_bodies_that_broke_off_are_refused(source: Source) -> None:
    assert Client().put(hook_address(source.pk), posts("a")).status_code == 405
    path = "/" + hook_address(source.pk).split("/", 3)[3]
    for why, status in (("too_slow", 408), ("too_large", 413)):
        more: dict[str, Any] = {"asgi.scope": {BROKEN_OFF: why}}
        assert Client().post(path, **more).status_code == status
    assert refused(source) == {"wrong_method": 1, "too_slow": 1, "too_large": 1}


@pytest.mark.parametrize("header", ["x_goodword_broken_off", "x-goodword-broken-off", BROKEN_OFF])
def test_nobody_says_by_a_header_that_a_body_broke_off(source: Source, header: str) -> None:
    assert tell(source, posts("a"), **{header: "too_slow"}) == 204
    assert refused(source) == {}


def test_a_stopped_source_takes_nothing_so_that_it_is_told_again_later(source: Source) -> None:
    stop_source(source=source, by=None, reason="On holiday", now=NOON)
    source.refresh_from_db()
    assert tell(source, posts("a")) == 503
    assert refused(source) == {"stopped": 1}


def test_an_address_that_we_never_gave_away_leads_nowhere(world: World, source: Source) -> None:
    for path in ("/hooks/x/", f"/hooks/{source.pk:x}-{'0' * 40}/", hook_address(world.source.pk)):
        assert Client().post(path, posts("a"), "application/json").status_code == 404
    assert source_id_of("9" * 15 + "-" + "0" * 40) is None


def test_who_is_refused_too_often_waits_and_others_don_t(source: Source) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    statuses = [client.post("/hooks/x/").status_code for _ in range(7)]
    assert statuses == [404] * 5 + [429] * 2
    assert tell(source, posts("a")) == 204


def test_what_one_source_refuses_counts_for_no_other_and_nobody_waits_for_our_faults(source: Source) -> None:
    settings = {"secret": SECRET}
    other = open_source(workspace=source.workspace, connector_key="told", name="B", settings=settings, now=NOON)
    assert [tell(source, posts("a"), secret="guessed") for _ in range(7)] == [401] * 5 + [429] * 2
    assert tell(other, posts("a")) == 204
    assert [tell(other, posts("a"), rest="broken") for _ in range(7)] == [503] * 7
    assert tell(other, posts("b")) == 204


def test_refusals_of_one_day_and_reason_are_one_row_and_the_old_ones_go(source: Source) -> None:
    for minutes in range(3):
        count_refusal(source=source, why=Refusal.STRANGE, now=NOON + timedelta(minutes=minutes))
    count_refusal(source=source, why=Refusal.STRANGE, now=NOON + timedelta(days=1))
    assert list(HookRefusal.objects.order_by("day").values_list("count", flat=True)) == [3, 1]
    count_refusal(source=source, why=Refusal.STRANGE, now=NOON + timedelta(days=91))
    assert HookRefusal.objects.count() == 2


def test_a_secret_is_changed_without_a_gap_and_the_earlier_one_can_be_ended(world: World, source: Source) -> None:
    admin = Client()
    admin.force_login(world.agent("Ana", Role.ADMIN))
    now = current_time()
    change_source(source=source, by=None, name="Told", settings={"secret": "another secret"}, now=now)
    assert tell(source, posts("a"), secret="another secret") == 204
    assert tell(source, posts("b"), secret=SECRET) == 204, "the network was not told yet"
    assert tell(source, posts("c"), secret="guessed") == 401
    page = admin.get(f"/w/harbour/sources/{source.pk}/").content.decode()
    assert "counts until" in page
    assert admin.post(f"/w/harbour/sources/{source.pk}/earlier-secrets/end/").status_code == 303
    assert tell(source, posts("d"), secret=SECRET) == 401
    assert tell(source, posts("d"), secret="another secret") == 204


def test_an_earlier_secret_counts_for_a_day(source: Source) -> None:
    change_source(source=source, by=None, name="Told", settings={"secret": "another secret"}, now=NOON)
    source.refresh_from_db()
    assert source.earlier_settings(NOON + OVERLAP) is None
    assert source.earlier_settings(NOON)["secret"] == SECRET  # type: ignore[index]
    assert source.full_settings()["secret"] == "another secret"


def test_another_change_of_secrets_ends_no_overlap(source: Source) -> None:
    change_source(source=source, by=None, name="Told", settings={"secret": "another secret"}, now=NOON)
    later = NOON + OVERLAP / 2
    change_source(source=source, by=None, name="Told", settings={"token": "a token"}, now=later)
    source.refresh_from_db()
    assert source.earlier_settings(later)["secret"] == SECRET  # type: ignore[index]
