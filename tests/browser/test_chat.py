"""The chat on a brand's own page, which is another origin; the visitor, the agent, and who should not be there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.conftest import free_port, running
from tests.browser.test_pages import faults, sideways

SECRET = "a secret of thirty-two bytes or more"


@dataclass
class Shop:
    """The brand's own web server, on a port of its own. `/account` knows who is signed in; `/me` says it in a token."""

    origin: str
    loader: str = ""
    _me: list[str] = field(default_factory=list)

    def page(self, path: str) -> tuple[str, str]:
        if path == "/me":
            claims = {"sub": "customer-7", "aud": "harbour-chat", "exp": datetime.now(UTC) + timedelta(minutes=5)}
            return "text/plain", jwt.encode(claims, SECRET, algorithm="HS256", headers={"kid": "k1"})
        known = "window.goodwordChat = { identity: async () => (await fetch('/me')).text() };"
        script = f"<script>{known}</script>" if path == "/account" else ""
        head = "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Shop</title>"
        return "text/html", f"{head}<h1>Shop</h1>{script}<script src='{self.loader}' async></script>"


@pytest.fixture(scope="module")
def shops() -> Iterator[list[Shop]]:
    """The brand's shop, and somebody else's."""
    made = []
    servers = []
    for _ in range(2):
        port = free_port()
        shop = Shop(f"http://127.0.0.1:{port}")

        class Handler(BaseHTTPRequestHandler):
            serves = shop

            def do_GET(self) -> None:
                kind, body = self.serves.page(self.path)
                self.send_response(200)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made.append(shop)
        servers.append(server)
    yield made
    for server in servers:
        server.shutdown()


@dataclass(frozen=True)
class Chat:
    """The running product with its chat."""

    address: str
    token: list[str]
    key: str
    busy: str

    def url(self, key: str = "") -> str:
        return f"{self.address}/chat/{key or self.key}/"


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory, shops: list[Shop]) -> Iterator[Chat]:
    more = {"SHOP": shops[0].origin, "SHOP_SECRET": SECRET, "GOODWORD_UNDO_SECONDS": "1"}
    with running(tmp_path_factory.mktemp("chat"), seed="tests.browser.seed_chat", worker=True, **more) as site:
        address, seeded = site
        made = Chat(address, seeded["tokens"]["Ann"], seeded["chat"], seeded["busy"])
        for shop in shops:
            shop.loader = f"{made.url()}loader.js"
        yield made


@pytest.fixture
def visit(browser: Browser) -> Iterator[object]:
    """`visit(url, …)`: a page in a browser of its own."""
    contexts = []

    def visitor(url: str, **options: object) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield visitor
    for context in contexts:
        context.close()


expect.set_options(timeout=30_000)


def open_chat(page: Page) -> Frame:
    """By the keyboard: nothing looks into the closed shadow root, this test neither."""
    page.wait_for_function("document.body.lastElementChild.tagName === 'DIV'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    frame = next(frame for frame in page.frames if frame != page.main_frame)
    frame.wait_for_load_state()
    return frame


def write(frame: Frame | Page, text: str) -> None:
    frame.locator("html.scripted").wait_for(state="attached")
    frame.locator("#text").fill(text)
    frame.locator("#text").press("Enter")
    expect(frame.locator("#entries > li.mine:not(.pending)").last).to_contain_text(text)


def test_from_a_strangers_page_to_solved_and_rated(chat: Chat, shops: list[Shop], visit) -> None:
    shop = visit(shops[0].origin)
    frame = open_chat(shop)
    expect(frame.locator("#log")).to_contain_text("Hello! How can we help?")
    write(frame, "Where is my order 40718?")

    agent = visit(f"{chat.address}/sign-in/{chat.token.pop()}/")
    agent.goto(f"{chat.address}/w/harbour/inbox/?view=unassigned")
    asked = agent.get_by_role("link", name="Where is my order 40718?").first
    for _ in range(60):  # a worker that has just started loads its reader first
        if asked.is_visible():
            break
        agent.wait_for_timeout(500)
        agent.reload()
    asked.click()
    agent.locator("#reply-text").fill("It left the warehouse this morning.")
    agent.get_by_role("button", name="Send").click()
    expect(frame.locator("#entries")).to_contain_text("It left the warehouse this morning.")
    expect(agent.locator(".entry.reply .badge.good").first).to_contain_text("Seen")

    write(frame, "Thank you, it has come!")
    expect(agent.locator("#latest")).to_contain_text("Thank you, it has come!")
    agent.get_by_role("link", name="Resolve", exact=True).click()
    agent.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    closing = frame.locator("#entries a")
    expect(closing).to_be_visible()
    with shop.context.expect_page() as opened:
        closing.click()
    survey = opened.value
    survey.get_by_role("button", name="Yes, it is solved").click()
    survey.get_by_role("group", name="How well was it solved?").get_by_label("Very well").check()
    survey.get_by_role("button", name="Send").click()
    expect(survey.locator("main")).to_contain_text("Your answer is kept")
    agent.reload()
    expect(agent.locator(".timeline")).to_contain_text("The customer rated how it was solved: 5 of 5")

    assert shop.context.cookies() == []
    shop.reload()
    again = open_chat(shop)
    expect(again.locator("#entries")).to_contain_text("It left the warehouse this morning.")


def test_a_page_that_is_not_named_gets_no_chat(chat: Chat, shops: list[Shop], visit) -> None:
    page = visit(shops[1].origin)
    frame = open_chat(page)
    page.wait_for_timeout(500)
    assert not frame.url.startswith(chat.address)


def test_only_the_frame_can_speak_to_the_button(chat: Chat, shops: list[Shop], visit) -> None:
    page = visit(shops[0].origin)
    frame = open_chat(page)
    write(frame, "Hello")
    page.evaluate("window.postMessage({ goodword: 'close' }, '*')")
    page.wait_for_timeout(300)
    expect(frame.locator("#text")).to_be_visible()
    frame.get_by_role("button", name="Close the chat").click()
    expect(frame.locator("#text")).not_to_be_visible()


def test_who_is_signed_in_at_the_shop_has_the_same_chat_everywhere(chat: Chat, shops: list[Shop], visit) -> None:
    account = f"{shops[0].origin}/account"
    write(open_chat(visit(account)), "My address has changed")
    expect(open_chat(visit(account)).locator("#entries")).to_contain_text("My address has changed")
    stranger = open_chat(visit(shops[0].origin))
    stranger.locator("html.scripted").wait_for(state="attached")
    expect(stranger.locator("#entries > li")).to_have_count(0)


def test_without_a_script(chat: Chat, visit) -> None:
    page = visit(chat.url(), java_script_enabled=False)
    page.locator("#text").fill("Hello from a plain browser")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#entries > li")).to_have_count(1)
    page.get_by_role("button", name="Look for answers").click()
    expect(page.locator("#entries > li")).to_contain_text("Hello from a plain browser")


def test_who_waits_too_long_can_leave_an_address(chat: Chat, visit) -> None:
    page = visit(chat.url(chat.busy))
    write(page, "Is anybody there?")
    page.wait_for_timeout(1000)
    page.reload()
    page.get_by_label("You need not wait here. Where can we answer you?").fill("mara@example.com")
    page.get_by_role("button", name="Answer me by e-mail").click()
    expect(page.locator("#entries")).to_contain_text("Please answer me by e-mail: mara@example.com")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_has_no_fault(chat: Chat, visit, scheme: str) -> None:
    for width in (1440, 390, 320):
        page = visit(chat.url(chat.busy), viewport={"width": width, "height": 640}, color_scheme=scheme)
        write(page, "Is anybody there? " * 20)
        page.wait_for_timeout(1000)
        page.reload()
        expect(page.locator("#reach")).to_be_visible()
        assert faults(page) == []
        assert sideways(page) == 0
