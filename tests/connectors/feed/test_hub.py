"""WebSub: a hub asks whether we want to be told, tells us at once, and nobody else is believed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from goodword.connectors.contract import Raw, Settings
from goodword.connectors.feed.connector import FeedConnector
from goodword.connectors.feed.hub import secret_of
from goodword.connectors.receiving import NotTaken, Refusal, WebhookRequest
from tests.connectors.feed.world import FeedWorld
from tests.connectors.webhook_signing import sign

CONNECTOR = FeedConnector()
PATIENCE = 20.0
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOOK = "https://goodword.example/hooks/1-abc/"
TOPIC = "https://talk.example/feed.atom"
SETTINGS: Settings = {"address": TOPIC, "hook": HOOK, "learned": {"topic": TOPIC, "hub": "https://hub.example/"}}
NEWS = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Help</title></entry></feed>'


def asked(method: str = "POST", body: bytes = b"", query: str = "", **headers: str) -> WebhookRequest:
    return WebhookRequest(method, HOOK, "", tuple(parse_qsl(query)), headers, body, at=NOW)


def signed(body: bytes, algorithm: str = "sha256") -> WebhookRequest:
    request = asked(body=body)
    return replace(request, headers={"x-hub-signature": f"{algorithm}={sign(secret_of(HOOK), body)}"})


@pytest.fixture
def told() -> Iterator[tuple[str, list[Raw], dict[str, object]]]:
    """An address that a hub can reach, what comes to it, and the settings of its source."""
    raws: list[Raw] = []
    settings: dict[str, object] = {}

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            query = tuple(parse_qsl(urlsplit(self.path).query))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = WebhookRequest(self.command, address, "", query, headers, body, at=datetime.now(UTC))
            try:
                received = CONNECTOR.receive(settings=settings, request=request)
            except NotTaken:
                self.send_response(401)
                self.end_headers()
                return
            raws.extend(received.raws)
            self.send_response(received.reply.status)
            self.end_headers()
            self.wfile.write(received.reply.body)

        def log_message(self, *_given: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address, raws, settings
    server.shutdown()
    server.server_close()


def test_what_is_new_comes_from_the_hub_before_we_look(told: tuple[str, list[Raw], dict[str, object]]) -> None:
    address, raws, settings = told
    with FeedWorld(every_minutes="60") as site:
        settings |= {**site.settings, "hook": address}
        stop = threading.Event()

        def listen() -> None:
            stream = CONNECTOR.listen(settings=settings, cursor={}, stop=stop.is_set, now=site.now)
            for delivery in stream:
                settings["learned"] = delivery.learned or settings.get("learned")

        listening = threading.Thread(target=listen, daemon=True)
        listening.start()
        deadline = time.monotonic() + PATIENCE
        while not raws:
            assert time.monotonic() < deadline
            site.says("hello?")
            time.sleep(0.1)
        stop.set()
        listening.join(PATIENCE)
        heard = [each for raw in raws for each in CONNECTOR.parse(raw, settings)]
        assert {each.text for each in heard} == {"@harbour hello?"}
        again = next(CONNECTOR.listen(settings=settings, cursor={}, stop=lambda: False, now=site.now))
        assert {raw.delivery_id for raw in raws} <= {raw.delivery_id for raw in again.raws}  # the same, by either way


def test_a_hub_is_answered_about_our_feed_only() -> None:
    question = f"hub.mode=subscribe&hub.topic={TOPIC}&hub.challenge=abc&hub.lease_seconds=86400"
    assert CONNECTOR.receive(settings=SETTINGS, request=asked("GET", query=question)).reply.body == b"abc"
    for strange in (question.replace("feed.atom", "other"), question.replace("subscribe", "unsubscribe"), ""):
        with pytest.raises(NotTaken) as caught:
            CONNECTOR.receive(settings=SETTINGS, request=asked("GET", query=strange))
        assert caught.value.why is Refusal.STRANGE
    assert CONNECTOR.receive(settings=SETTINGS, request=asked("GET", query="hub.mode=denied")).raws == ()


def test_only_what_is_signed_is_believed() -> None:
    (raw,) = CONNECTOR.receive(settings=SETTINGS, request=signed(NEWS)).raws
    assert CONNECTOR.parse(raw, SETTINGS)[0].text == "Help"
    unsigned = [asked(body=NEWS), signed(NEWS + b" "), signed(NEWS, "md5"), signed(NEWS, "sha512")]
    for request in [replace(unsigned[1], body=NEWS), unsigned[0], *unsigned[2:]]:
        with pytest.raises(NotTaken) as caught:
            CONNECTOR.receive(settings=SETTINGS, request=request)
        assert caught.value.why is Refusal.UNPROVEN
    with pytest.raises(NotTaken) as caught:
        CONNECTOR.receive(settings=SETTINGS, request=signed(b"<html>"))
    assert caught.value.why is Refusal.MALFORMED
