"""A mapping in a real browser: what a path makes of a payload is shown while the paths are filled in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import running

SAMPLE = '{"reviews": [{"review": {"body": "The zip broke.", "score": 8}, "by": "Mara"}]}'


def test_a_path_is_tried_as_soon_as_it_is_filled_in(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> None:
    with (
        running(tmp_path_factory.mktemp("mapping"), seed="tests.browser.seed_networks") as (address, tokens),
        browser.new_context() as context,
    ):
        page = context.new_page()
        page.goto(f"{address}/sign-in/{tokens['Ann'][0]}/")
        page.goto(f"{address}/w/harbour/sources/new/webhook/")
        _fill_in(page)


def _fill_in(page: Page) -> None:
    checks = page.locator("#checks")
    page.get_by_label("Name of the source").fill("Shop")
    page.get_by_label("Where it comes from").fill("shop.example")
    page.locator("[name=setting-secret]").fill("twenty-four letters at least")
    page.get_by_label("A payload to try the paths on").fill(SAMPLE)
    page.get_by_label("Path of the list").fill("reviews")
    page.get_by_label("Path of the author's name").focus()
    expect(checks.get_by_role("row", name="review.body")).to_contain_text("The zip broke.")
    expect(checks).to_contain_text("Nothing stands at “text”")

    page.get_by_label("Path of the text").fill("review.body")
    page.get_by_label("Path of the stars").fill("review.score")
    page.get_by_label("Stars of how many").fill("10")
    page.get_by_label("Path of the author's name").fill("by")
    page.get_by_label("Path of the title").focus()
    expect(checks.locator("article")).to_contain_text("Mara")
    expect(checks.locator("article")).to_contain_text("4.0 of 5 stars")
    expect(page.get_by_label("Path of the title")).to_be_focused()  # whoever types goes on typing
    expect(page.get_by_label("Path of the author's name")).to_have_value("by")
