"""Every page, in both themes and on all widths: accessible, within its bounds, and light."""

from __future__ import annotations

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Opener

STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1440, 1024, 390)
FIRST_LOAD = 80 * 1024  # bytes, compressed

# What to press or click before looking; each is a state of its own.
PAGES: dict[str, tuple[str, str]] = {
    "inbox": ("/w/harbour/inbox/?view=open", ""),
    "inbox, empty": ("/w/harbour/inbox/?view=resolved&channel=none", ""),
    "inbox, filter": ("/w/harbour/inbox/filters/?view=open", ""),
    "case": ("/w/harbour/cases/1/?view=open", ""),
    "case, long": ("/w/harbour/inbox/?view=open", "text=A very long story"),
    "case, assign": ("/w/harbour/cases/1/", "#case-header [data-action=assign], #case-menu a.only-phone:last-of-type"),
    "case, snooze": ("/w/harbour/cases/1/snooze/", ""),
    "case, labels": ("/w/harbour/cases/1/labels/", ""),
    "case, priority": ("/w/harbour/cases/1/priority/", ""),
    "case, merge": ("/w/harbour/cases/1/merge/", ""),
    "case, split": ("/w/harbour/cases/1/split/", ""),
    "case, risk": ("/w/harbour/cases/1/", "[popovertarget=risk]"),
    "case, resolve": ("/w/harbour/cases/1/", "[data-action=resolve]"),
    "views": ("/w/harbour/views/?state=open", ""),
    "preferences": ("/preferences/", ""),
    "second factor": ("/accounts/2fa/", ""),
    "password": ("/accounts/password/change/", ""),
}
STRANGERS = {"sign in": "/accounts/login/", "spent link": "/sign-in/spent/", "nothing there": "/nowhere/"}


def faults(page: Page) -> list[str]:
    violations = Axe().run(page, options=STANDARDS).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_members_pages_have_no_fault(open_page: Opener, name: str, scheme: str) -> None:
    path, click = PAGES[name]
    found: dict[int, list[str]] = {}
    for width in WIDTHS:
        page = open_page(path, width=width, color_scheme=scheme)
        if click and page.locator(click).first.is_visible():
            page.locator(click).first.click()
            page.wait_for_timeout(250)
        found[width] = faults(page)
    assert found == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", STRANGERS)
def test_strangers_pages_have_no_fault(open_page: Opener, name: str, scheme: str) -> None:
    for width in WIDTHS:
        assert faults(open_page(STRANGERS[name], who=None, width=width, color_scheme=scheme)) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_the_smallest_phone(open_page: Opener, name: str) -> None:
    assert sideways(open_page(PAGES[name][0], width=320, height=640)) == 0


def test_the_first_load_of_the_inbox_is_light(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=open")
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.setdefault(answer.url, len(gzip.compress(answer.body()))))
    page.reload(wait_until="networkidle" if page.locator("#live").count() == 0 else "load")
    page.wait_for_selector("html.scripted", state="attached")
    assert sum(size for url, size in sizes.items() if "/live/" not in url) <= FIRST_LOAD
