"""A real browser against the real web process, over a database of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.postgres import copy_database

CHROMIUM = shutil.which("chromium")
STARTS_WITHIN = 60  # seconds; collecting the static files takes most of it


@dataclass(frozen=True)
class Site:
    """The running product. `tokens` sign in, once each, by first name."""

    address: str
    tokens: dict[str, list[str]]
    sessions: dict[str, list[dict[str, object]]]

    def url(self, path: str) -> str:
        return f"{self.address}{path}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Seeded once for all tests, which therefore leave the cases of others alone."""
    with running(tmp_path_factory.mktemp("site"), seed="tests.browser.seed") as (address, seeded):
        yield Site(address, seeded, {})


@contextmanager
def running(
    home: Path,
    *,
    seed: str,
    worker: bool = False,
    listens: bool = False,
    program: str = "goodword",
    **more: str,
) -> Iterator[tuple[str, Any]]:
    """The product over a database of its own: its address, and what the module `seed` printed as JSON."""
    environment = _environment(home, free_port()) | more
    environment["GOODWORD_DATABASE_URL"] = copy_database(f"browser_{home.name}_{os.getpid()}")
    seeding = [sys.executable, "-m", seed]
    seeded = subprocess.run(seeding, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    address = environment["GOODWORD_PUBLIC_URL"]
    commands = [["web", "--port", environment["GOODWORD_PORT"]]]
    if worker:
        commands.append(["worker", "--listen" if listens else "--no-listen"])
    with (home / "site.log").open("wb") as log, ExitStack() as started:
        processes = []
        try:
            for command in commands:
                process = subprocess.Popen(
                    [sys.executable, "-m", program, *command], env=environment, stdout=log, stderr=log
                )
                processes.append(started.enter_context(process))
            _wait_for(f"{address}/healthz", processes[0])
            yield address, json.loads(seeded.stdout)
        finally:
            for process in processes:
                process.terminate()


def _environment(home: Path, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GOODWORD_", "DJANGO_"))}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
        "GOODWORD_HOME": str(home),
        "GOODWORD_PORT": str(port),
        "GOODWORD_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def _wait_for(url: str, web: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and web.poll() is None:
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the web process did not become ready; see its site.log")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium; nothing is ever downloaded."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(site: Site, browser: Browser) -> Iterator[Opener]:
    """`open_page("/w/harbour/inbox/", who="Ann", width=1440, …)`. A page with errors of any kind fails the test."""
    with opening(site, browser) as opener:
        yield opener


@contextmanager
def opening(site: Site, browser: Browser) -> Iterator[Opener]:
    """What `open_page` gives, of any site."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def opener(path: str, *, who: str | None = "Ann", width: int = 1440, height: int = 900, **options: object) -> Page:
        phone = {"has_touch": True, "is_mobile": True} if width < 500 else {}
        context = browser.new_context(viewport={"width": width, "height": height}, **phone, **options)
        contexts.append(context)
        if who is not None:
            _sign_in(site, context, who)
        page = context.new_page()
        page.on("console", lambda message: _note_console(message.type, message.text, trouble))
        page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
        page.on("request", lambda request: _note_foreign(request.url, site.address, trouble))
        page.on("response", lambda answer: answer.status >= 500 and trouble.append(f"{answer.status} {answer.url}"))
        page.goto(site.url(path))
        if options.get("java_script_enabled", True) and page.locator("script[type=module]").count():
            page.wait_for_selector("html.scripted", state="attached")
        return page

    yield opener
    for context in contexts:
        context.close()
    assert not trouble


def _sign_in(site: Site, context: BrowserContext, who: str) -> None:
    """By the link once; the session is then shared by the tests."""
    if who not in site.sessions:
        page = context.new_page()
        page.goto(site.url(f"/sign-in/{site.tokens[who].pop()}/"))
        site.sessions[who] = [dict(cookie) for cookie in context.cookies()]
        page.close()
    context.add_cookies(site.sessions[who])  # type: ignore[arg-type]  # as they were given


def _note_console(kind: str, text: str, trouble: list[str]) -> None:
    expected = "the server responded with a status of 4"  # forms that are refused on purpose
    if kind in ("error", "warning") and expected not in text:
        trouble.append(f"{kind}: {text}")


def _note_foreign(url: str, address: str, trouble: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:")):
        trouble.append(f"a request to another origin: {url}")
