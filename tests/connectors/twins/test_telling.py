"""Twins that tell by webhooks do it as their networks do: what they send is proven, and is what listening brings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from goodword.connectors.contract import Heard, Outgoing, Settings
from goodword.connectors.delivery_reports import Reported, Reports
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.connectors.receiving import NotTaken, Received, Subscribes, WebhookRequest
from goodword.connectors.registry import connector
from goodword.connectors.twins.finding import twin_of
from goodword.connectors.twins.server import Served
from goodword.connectors.twins.world import Visible, World

PATIENCE = 20.0  # seconds
TOLD = ("meta", "telegram", "twilio", "webhook")


class Ear:
    """The source's address: shows each request to the connector, as the house does."""

    def __init__(self, key: str) -> None:
        self.connector: Any = connector(key)
        self.settings: Settings = {}
        self.received: list[Received] = []
        self.refused: list[str] = []
        self.is_busy = False

    def take(self, request: WebhookRequest) -> tuple[int, bytes]:
        if self.is_busy:
            return 503, b""
        try:
            received = self.connector.receive(settings=self.settings, request=request)
        except NotTaken as refusal:
            self.refused.append(f"{refusal.why}: {refusal}")
            return 401, b""
        self.received.append(received)
        return received.reply.status, received.reply.body

    def heard(self) -> dict[str, Heard]:
        """The newest words by native id."""
        raws = [raw for received in self.received for raw in received.raws]
        return {each.native_id: each for raw in raws for each in self.connector.parse(raw, self.settings)}


@contextmanager
def open_ear(key: str) -> Iterator[Ear]:
    ear = Ear(key)

    class Door(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            request = WebhookRequest(
                method=self.command,
                address=f"{origin}{self.path}",
                rest=parts.path.removeprefix("/hooks/x/"),
                query=tuple(parse_qsl(parts.query)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=body,
                at=datetime.now(UTC),
            )
            status, reply = ear.take(request)
            self.send_response(status)
            self.send_header("content-length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        do_GET = do_POST = _answer  # noqa: N815  # their names

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    origin = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    ear.settings = {"hook": f"{origin}/hooks/x/"}
    yield ear
    server.shutdown()
    server.server_close()


@pytest.fixture(params=TOLD)
def told(request: pytest.FixtureRequest) -> Iterator[tuple[World, Any, Ear, str]]:
    """A network that is up, where somebody wrote already, and an ear."""
    world, before = World("harbour"), [str(network) for network in web_networks()]
    twin: Any = twin_of(request.param, world)
    set_web_networks(["127.0.0.0/8"])
    with open_ear(request.param) as ear, Served(twin) as address:
        ear.settings = {**twin.settings(address), **ear.settings, "transcribe": "yes", "learned": {}}
        yield world, twin, ear, address
    set_web_networks(before)


def tell(twin: Any, ear: Ear, address: str) -> None:
    """As a person enters it, or as a call of ours does."""
    hook = ear.settings["hook"]
    if isinstance(ear.connector, Subscribes) or twin.label == "Telegram":
        assert twin.telling.begin(hook)
        twin.webhook = {"url": hook, "secret_token": ear.settings.get("webhook_secret")}
    else:
        assert httpx.post(f"{address}/", data={"address": hook}).status_code == 200


def eventually(look: Callable[[], bool], what: object = "") -> None:
    deadline = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def test_what_all_kinds_of_people_say_is_proven_and_heard(told: tuple[World, Any, Ear, str]) -> None:
    world, twin, ear, address = told
    people = [world.account(name) for name in ("mara", "ola", "kenji", "amina")]  # of all kinds that a twin knows
    said = [world.say(one, f"@harbour this is {one.handle}, help!") for one in people]
    tell(twin, ear, address)
    said.append(world.say(people[0], "@harbour are you there?", parent=said[0].number))
    eventually(lambda: twin.telling.taken == len(said), ear.refused)
    assert ear.refused == []
    heard = list(ear.heard().values())
    for post in said:
        words = post.text.removeprefix("@harbour ")
        assert [each.author.native_id for each in heard if words in each.text] != [], (words, heard)
    assert len({each.author.native_id for each in heard}) == len(people)


def test_what_is_not_taken_is_told_again(told: tuple[World, Any, Ear, str]) -> None:
    world, twin, ear, address = told
    tell(twin, ear, address)
    ear.is_busy = True
    world.say(world.account("mara"), "@harbour hello?")
    eventually(lambda: twin.telling.failed_at is not None)
    assert twin.telling.waiting == 1
    ear.is_busy = False
    eventually(lambda: twin.telling.taken == 1, ear.refused)
    assert [each.text for each in ear.heard().values() if "hello?" in each.text] != []


def test_our_answer_is_no_news_and_is_told_to_have_arrived(told: tuple[World, Any, Ear, str]) -> None:
    world, twin, ear, address = told
    world.say(world.account("mara"), "@harbour hello?", visible=Visible.DIRECT)
    tell(twin, ear, address)
    eventually(lambda: twin.telling.taken == 1, ear.refused)
    (asked,) = ear.heard().values()
    answer = Outgoing("key-1", "We are here.", asked.private, asked.thread, asked.native_id, (), asked.author)
    receipt = ear.connector.send(settings=ear.settings, outgoing=answer, now=lambda: datetime.now(UTC))
    eventually(lambda: twin.telling.taken == 2, ear.refused)
    assert [each for each in ear.heard().values() if "We are here." in each.text and each.direction == "in"] == []
    if isinstance(ear.connector, Reports):
        raws = [raw for received in ear.received for raw in received.raws]
        (report,) = [report for raw in raws for report in ear.connector.reports(raw, ear.settings)]
        assert (report.native_id, report.state) == (receipt.native_id, Reported.DELIVERED)


@pytest.mark.parametrize("address", ["", "ftp://127.0.0.1/", "http://127.0.0.1:9/"])
def test_an_address_that_does_not_answer_is_not_told(address: str) -> None:
    twin: Any = twin_of("meta", World("harbour"))
    with Served(twin) as there:
        assert httpx.post(f"{there}/", data={"address": address}).status_code == 400
        assert twin.telling.address == ""
        assert b"<form" in httpx.get(f"{there}/").content
