"""A macro by one key and back again, and what a case requires before it is resolved, all by the keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener


def opened(open_page: Opener, words: str) -> Page:
    """The case with these words, once what stands beside it is there."""
    page = open_page("/w/harbour/inbox/?view=open&sort=waiting")
    page.get_by_role("link", name=words).first.click()
    expect(page.locator("[data-own-key='1']")).to_be_attached()
    page.locator("#case-title").focus()
    return page


def test_a_macro_a_required_step_and_a_resolution_by_keyboard(open_page: Opener) -> None:
    page = opened(open_page, "The strap gave me a rash")
    page.keyboard.press("1")
    expect(page.get_by_text("Done: Refund is on its way.")).to_be_visible()
    expect(page.locator("#side-panel")).to_contain_text("with the bank")
    expect(page.locator("#latest")).to_contain_text("Refund sent")
    page.keyboard.press("z")
    expect(page.get_by_text("Undone: Refund is on its way.")).to_be_visible()
    expect(page.locator("#latest")).not_to_contain_text("Refund sent")
    page.keyboard.press("e")
    expect(page.locator("#dialog")).to_contain_text("2 things have to be done before")
    page.keyboard.press("Escape")
    expect(page.locator("#dialog[open]")).to_have_count(0)
    page.keyboard.press("t")
    call = page.get_by_label("Call them back")
    call.fill("She gets a soft strap on Monday")
    page.get_by_role("checkbox", name="Product safety has it on file").check()
    call.press("Enter")
    expect(page.get_by_text("All done: the case can be resolved.")).to_be_visible()
    expect(page.locator("#side-panel")).to_contain_text("soft strap on Monday")
    page.keyboard.press("e")
    page.locator("#dialog").get_by_role("button", name="Resolve").last.click()
    expect(page.locator("#case-header [data-action=reopen]")).to_be_visible()
