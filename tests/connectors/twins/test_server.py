"""The engine over real HTTP and a real websocket."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

import pytest

from goodword.connectors.twins.faults import FaultRates, Faults
from goodword.connectors.twins.server import Answer, Handler, Line, Request, Served
from goodword.connectors.twins.world import World
from goodword.kernel.http_client import HttpClient, NoAnswer, NotSent
from goodword.kernel.websocket import Disconnected, WebSocket

OURS = (ipaddress.ip_network("127.0.0.0/8"),)


class Parrot:
    """The smallest network: says what was said."""

    label = "Parrot"

    def __init__(self) -> None:
        self.world = World()

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        return {("GET", "/posts/{number}"): self.post, ("POST", "/posts"): self.say}

    def post(self, request: Request, number: str) -> Answer:
        found = self.world.post(int(number))
        return Answer({"text": found.text}) if found else Answer({"error": "gone"}, 404)

    def say(self, request: Request) -> Answer:
        return Answer({"number": self.world.say(self.world.brand, request.json()["text"]).number})

    def before(self, request: Request) -> Answer | None:
        return None if request.headers.get("token") == "t" else Answer({"error": "who are you?"}, 401)

    async def stream(self, request: Request, line: Line) -> None:
        told = int(request.get("after", "0"))
        while line.is_open:
            for change in await self.world.wait(told, seconds=0.1):
                told = change.number
                await line.say(change.post.text)

    def settings(self, address: str) -> Mapping[str, str]:
        return {"address": address}


def ask(address: str, method: str, path: str, content: bytes | None = None) -> tuple[int, bytes]:
    with HttpClient(address, also=OURS) as client:
        answer = client.ask(method, path, headers={"token": "t"}, content=content)
    return answer.status, answer.content


def heard(address: str, count: int) -> list[bytes]:
    messages: list[bytes] = []
    with WebSocket.connect(address.replace("http", "ws") + "/stream", headers={"token": "t"}, also=OURS) as line:
        while len(messages) < count:
            messages += line.receive(10)
    return messages


def test_requests_reach_their_handler() -> None:
    with Served(Parrot()) as address:
        assert ask(address, "POST", "/posts", b'{"text":"Hello"}') == (200, b'{"number":1}')
        assert ask(address, "GET", "/posts/1") == (200, b'{"text":"Hello"}')
        assert ask(address, "GET", "/posts/2")[0] == 404
        assert ask(address, "GET", "/posts/1/likes")[0] == 404
        with HttpClient(address, also=OURS) as client:
            assert client.ask("GET", "/posts/1").status == 401


def test_a_stream_says_everything_in_order() -> None:
    parrot = Parrot()
    for number in range(20):
        parrot.world.say(parrot.world.brand, f"{number}")
    with Served(parrot) as address:
        assert heard(address, 20) == [f"{number}".encode() for number in range(20)]


def test_doubled_and_late_but_never_lost() -> None:
    parrot = Parrot()
    for number in range(50):
        parrot.world.say(parrot.world.brand, f"{number}")
    parrot.world.say(parrot.world.brand, "the end")
    with Served(parrot, faults=Faults(FaultRates(duplicates=0.3, reordering=0.3), seed=3)) as address:
        messages = heard(address, 53)
    in_order = [f"{number}".encode() for number in range(50)]
    assert set(in_order) <= set(messages)
    assert len(messages) > len(set(messages))
    assert list(dict.fromkeys(messages))[:50] != in_order


def test_a_line_may_be_cut() -> None:
    parrot = Parrot()
    parrot.world.say(parrot.world.brand, "Hello")
    with (
        Served(parrot, faults=Faults(FaultRates(disconnects=1))) as address,
        pytest.raises(Disconnected),
        WebSocket.connect(address.replace("http", "ws") + "/", headers={"token": "t"}, also=OURS) as line,
    ):
        while True:
            line.receive(10)


def test_a_lost_answer_was_done() -> None:
    parrot, faults = Parrot(), Faults()
    faults.lose_next_answer("/posts")
    with Served(parrot, faults=faults) as address:
        with pytest.raises(NoAnswer):
            ask(address, "POST", "/posts", b'{"text":"Hello"}')
        assert [post.text for post in parrot.world.posts()] == ["Hello"]
        assert ask(address, "GET", "/posts/1")[0] == 200


def test_cut_off_and_mended_at_the_same_place() -> None:
    served = Served(Parrot())
    with served as address:
        served.cut()
        with pytest.raises(NotSent):
            ask(address, "GET", "/posts/1")
        served.mend()
        assert ask(address, "GET", "/posts/1")[0] == 404
