"""Answers from the knowledge base, and why a case came about, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opener


def test_an_article_found_by_what_the_customer_wrote_goes_into_the_reply(open_page: Opener) -> None:
    page = open_page("/w/harbour/cases/1/")
    page.get_by_role("button", name="Insert: Why was my card charged twice for one order?").click()
    written = page.locator("#reply-text")
    expect(written).to_have_value(re.compile(r"The second is a hold.*/help/harbour/why-was-my-card", re.DOTALL))
    expect(page).to_have_url(re.compile(r"/cases/1/$"))
    written.fill("")


def test_one_key_asks_why_and_the_panel_says_it(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=unassigned")
    page.get_by_role("link", name="Where is my order 1026?").first.click()
    expect(page.locator("#case-title")).to_have_text("Where is my order 1026?")
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Cause").select_option(label="Torn box")
    dialog.get_by_role("button", name="Keep").click()
    expect(page.locator("#latest, #timeline")).to_contain_text(["Ann Li said why: Delivery › Torn box"])
    expect(page.locator("#side-panel")).to_contain_text("Delivery › Torn box")


def test_resolving_says_why(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=unassigned")
    page.get_by_role("link", name="Where is my order 1027?").first.click()
    expect(page.locator("#case-title")).to_have_text("Where is my order 1027?")
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Cause").select_option(label="Late parcel")
    dialog.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.locator("#case-header")).to_contain_text("We say it is solved")
    page.goto(page.url.split("/w/")[0] + "/w/harbour/causes/")
    row = page.get_by_role("row", name="Late parcel")
    expect(row).to_contain_text("7")
