"""Every network that can be simulated: connected by two clicks, heard, answered, and heard again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from goodword.config.cli.simulate import enters_address, link_of
from goodword.connectors.receiving import Subscribes
from goodword.connectors.registry import connector
from goodword.connectors.twins.finding import simulated, twin_of
from goodword.connectors.twins.server import Served
from goodword.connectors.twins.telling import Tells
from goodword.connectors.twins.world import Account, Post, World
from tests.browser.conftest import running

PATIENCE = 100.0  # seconds; some networks are asked once a minute
HEARD_OF_THE_PAST = 10.0  # seconds
INBOX = "/w/harbour/inbox/?view=open"
T = TypeVar("T")


class Network:
    """A twin that is up, a customer on it, and what they wrote to the brand."""

    def __init__(self, key: str, twins: ExitStack) -> None:
        self.key = key
        self.world = World("harbour")
        self.twin = twin_of(key, self.world)
        self.address = twins.enter_context(Served(self.twin))
        self.customer: Account = self.world.account("mara", name="Mara Jovanović")
        self.asked = self.ask()

    def ask(self) -> Post:
        return self.world.say(self.customer, f"@harbour {self.key} parcel never came, I want my money back!")

    @property
    def can_be_asked(self) -> bool:
        """Whether what was said before can be shown by "test it now"; or else it comes once we are subscribed."""
        return not isinstance(connector(self.key), Subscribes)

    @property
    def can_reply(self) -> bool:
        """Whether it can be answered from here, connected as the twin says."""
        return connector(self.key).capabilities({**self.twin.settings(self.address), "learned": {}}).can_reply

    def connect(self, page: Page, site: str) -> None:
        """By the page: fill in what the twin printed, test it, connect."""
        page.goto(f"{site}/w/harbour/sources/new/{self.key}/")
        page.locator("#connect [name='name']").fill(self.key)
        for name, value in self.twin.settings(self.address).items():
            field = page.locator(f"[name='setting-{name}']")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        if self.can_be_asked:
            page.get_by_role("button", name="Test it now").click()
            expect(page.locator("#checks")).to_contain_text(f"{self.key} parcel never came", timeout=30_000)
        page.get_by_role("button", name="Connect", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(self.key)
        if isinstance(self.twin, Tells) and enters_address(self.key):
            self.enter_address(page, page.locator("#hook").input_value())

    def enter_address(self, page: Page, hook: str) -> None:
        """As its admin does, on the network's own page."""
        page.goto(f"{self.address}/")
        page.get_by_label("Address").fill(hook)
        page.get_by_role("button", name="Tell this address").click()
        expect(page.get_by_role("status")).to_contain_text("From now on")

    def answer(self, page: Page) -> None:
        """In its case, by the composer."""
        page.locator("#reply-text").fill(self.answer_text)
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".entry.reply, .entry.queued").last).to_contain_text(self.answer_text)

    @property
    def answer_text(self) -> str:
        return f"We are sorry, Mara. The money for {self.key} is on its way."

    def answered(self) -> Post | None:
        """What the brand said there."""
        ours = [post for post in self.world.posts() if post.author == self.world.brand]
        return next((post for post in ours if self.answer_text in post.text), None)


def eventually(look: Callable[[], T | None], what: str) -> T:
    found = _within(PATIENCE, look)
    assert found, what
    return found


def _within(seconds: float, look: Callable[[], T | None]) -> T | None:
    deadline = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.3)
    return found


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The running product, listening; its address, and tokens to sign in, each good once."""
    more = {"GOODWORD_UNDO_SECONDS": "1", "GOODWORD_ALSO_FETCH_FROM": "127.0.0.0/8"}
    folder = tmp_path_factory.mktemp("networks")
    with running(
        folder,
        seed="tests.browser.seed_networks",
        program="tests.browser.impatient",
        worker=True,
        listens=True,
        **more,
    ) as (address, tokens):
        yield address, tokens["Ann"]


def test_each_is_connected_heard_answered_and_heard_again(product: tuple[str, list[str]], browser: Browser) -> None:
    site, tokens = product
    with ExitStack() as twins:
        networks = [Network(key, twins) for key in simulated()]
        page = twins.enter_context(browser.new_context()).new_page()
        page.goto(f"{site}/sign-in/{tokens.pop()}/")
        for network in networks:
            network.connect(page, site)

        cases: dict[str, str] = {}
        for network in networks:
            row = page.get_by_role("link", name=f"{network.key} parcel").first

            def is_heard(row: Locator = row) -> bool:
                page.goto(f"{site}{INBOX}")  # what came since it was opened is only counted there
                return row.is_visible()

            if not _within(HEARD_OF_THE_PAST, is_heard):  # some networks tell only what is said from now on
                network.asked = network.ask()
            eventually(is_heard, f"{network.key} is not heard")
            row.click()
            expect(page.locator("#case-title")).to_contain_text(f"{network.key} parcel")
            cases[network.key] = page.url
            if page.get_by_role("button", name="Send").is_enabled():
                network.answer(page)
            else:  # answered on the network's own page
                del cases[network.key]
        both_ways = [network for network in networks if network.key in cases]
        assert set(cases) == {network.key for network in networks if network.can_reply}

        for network in both_ways:
            answer = eventually(network.answered, f"{network.key} has no answer")
            assert answer.parent == network.asked.number, network.key
            network.world.say(network.customer, f"@harbour Thank you from {network.key}!", parent=answer.number)
        for network in both_ways:
            page.goto(cases[network.key])
            thanks = page.locator(".entry", has_text=f"Thank you from {network.key}!")
            expect(thanks).to_be_visible(timeout=PATIENCE * 1000)
            assert page.locator(".entry.reply", has_text=network.answer_text).count() == 1, "the echo is not a message"
        for network in networks:
            if isinstance(network.twin, Tells):
                heard = eventually(lambda telling=network.twin.telling: telling.taken, f"{network.key} told us nothing")
                assert heard >= 3, "what was asked, our answer, and the thanks"


def test_two_clicks_sign_in_at_the_network_where_it_has_that(product: tuple[str, list[str]], browser: Browser) -> None:
    site, tokens = product
    twin = twin_of("mastodon", World("quay"))
    with Served(twin) as address, ExitStack() as opened:
        page = opened.enter_context(browser.new_context()).new_page()
        page.goto(f"{site}/sign-in/{tokens.pop()}/")
        page.goto(link_of("mastodon", "Quay", {"instance": address}, f"{site}/w/harbour"))
        expect(page).to_have_url(f"{site}/w/harbour/sources/new/mastodon/")  # what filled it in is gone
        page.get_by_role("button", name="Sign in at the network").click()
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Quay (simulated)")
        page.get_by_role("button", name="Test it now").click()
        expect(page.locator("#checks")).to_contain_text("Signed in as @quay", timeout=30_000)
