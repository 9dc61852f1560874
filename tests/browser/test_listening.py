"""Listening in a real browser: what is typed is counted while it is typed, refused in place, and saved."""

from __future__ import annotations

import gzip
import re

from playwright.sync_api import expect

from tests.browser.conftest import Opener

HOME = "/w/harbour/listening/"
FIRST_LOAD = 120 * 1024  # bytes, compressed


def test_a_search_is_counted_while_it_is_typed_and_saved(open_page: Opener) -> None:
    page = open_page(HOME, who="Tomás")
    page.get_by_label("Search what is said").press_sequentially("half size", delay=20)
    status = page.locator("#found-status")
    expect(status).to_contain_text("1 mention by one person")
    expect(page.locator(".voices mark").first).to_have_text("half")
    expect(page.get_by_label("Search what is said")).to_be_focused()
    expect(page).to_have_url(re.compile("q=half"))

    page.get_by_role("link", name="Save search").click()
    page.get_by_label("Name", exact=True).fill("Half sizes")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator(".kept")).to_contain_text("Half sizes")
    expect(page.get_by_role("button", name="Alarm: on")).to_be_visible()


def test_a_search_that_could_mean_two_things_is_mended_by_a_click(open_page: Opener) -> None:
    page = open_page(HOME)
    page.get_by_label("Search what is said").fill("order AND refund OR parcel")
    expect(page.locator(".pointed mark")).to_have_text("OR")
    page.get_by_role("link", name="order AND (refund OR parcel)").click()
    expect(page.get_by_label("Search what is said")).to_have_value("order AND (refund OR parcel)")
    expect(page.locator("#found-status")).to_contain_text("mention")


def test_a_burst_is_told_in_words_and_marked(open_page: Opener) -> None:
    page = open_page(f"{HOME}?days=1")
    expect(page.locator(".kept .rise")).to_contain_text("where 6 were expected; 97 % sure")
    page.locator(".kept").get_by_role("link", name="Parcels and orders").click()
    expect(page.locator(".volume:visible .band")).to_have_count(1)
    expect(page.locator(".rises")).to_contain_text("48 in 2 h")


def test_it_works_without_a_script(open_page: Opener) -> None:
    page = open_page(HOME, java_script_enabled=False)
    page.get_by_label("Search what is said").fill("half size")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#found-status")).to_contain_text("1 mention by one person")


def test_the_first_load_is_light(open_page: Opener) -> None:
    page = open_page(f"{HOME}?q=order&days=30")
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.setdefault(answer.url, -1))
    page.reload(wait_until="load")
    page.wait_for_selector("html.scripted", state="attached")
    for url in [url for url in sizes if "/live/" not in url]:
        sizes[url] = len(gzip.compress(page.request.get(url).body()))
    assert len(sizes) > 20
    assert sum(sizes.values()) <= FIRST_LOAD
