from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from goodword.config.processes.dispatch import Application, Dispatcher, Message, Receive, Scope, Send, plain_answer


def named(name: str) -> Application:
    return plain_answer(lambda scope: (200, "text/plain", name.encode()))


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Like Django: begins to answer, and stops without a word when the browser leaves."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"one", "more_body": True})
    while (await receive())["type"] != "http.disconnect":
        pass


async def quiet() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def ask(application: Application, path: str, receive: Receive = quiet) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await application({"type": "http", "path": path, "method": "GET", "headers": []}, receive, send)
    return sent


def dispatcher() -> Dispatcher:
    return Dispatcher(pages=named("pages"), live=stream, operations={"/healthz": named("healthz")})


@pytest.mark.parametrize(
    ("path", "who"),
    [("/", "pages"), ("/w/harbour/cases", "pages"), ("/livestock", "pages"), ("/healthz", "healthz")],
)
def test_who_answers(path: str, who: str) -> None:
    async def run() -> list[Message]:
        return await ask(dispatcher(), path)

    assert asyncio.run(run())[-1]["body"] == who.encode()


def test_a_stream_ends_in_order_when_the_process_is_asked_to_stop() -> None:
    async def run() -> list[Message]:
        front = dispatcher()
        streaming = asyncio.create_task(ask(front, "/live/w/harbour"))
        await asyncio.sleep(0)
        front.end_streams()
        return await streaming

    sent = asyncio.run(run())
    assert sent[1]["body"] == b"one"
    assert sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


def test_a_stream_hears_that_the_browser_left() -> None:
    async def messages() -> AsyncIterator[Message]:
        yield {"type": "http.request", "body": b"", "more_body": False}
        yield {"type": "http.disconnect"}

    async def run() -> list[Message]:
        return await ask(dispatcher(), "/live", aiter(messages()).__anext__)

    assert asyncio.run(run())[0]["status"] == 200
