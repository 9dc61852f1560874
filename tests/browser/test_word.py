"""Our word in the composer: a promise is one key more than none, and a careless draft is stopped."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener


def composer(page: Page, name: str) -> None:
    """The case of somebody, with an empty composer in focus."""
    page.locator(".case-list .row, [id^=case-row]").filter(has_text=name).first.click()
    expect(page.locator("#case-title")).to_be_visible()
    page.locator("#reply-text").fill("")
    page.locator("#reply-text").focus()


def test_a_promise_is_confirmed_with_one_key_and_sent_with_another(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=open")
    composer(page, "Yuki Tanaka" if page.get_by_text("Yuki Tanaka").count() else "runwithrae")
    page.keyboard.type("Hello, we'll call you back by Friday.")
    box = page.locator("#reading input[name=promise]")
    expect(box).to_have_count(1)
    expect(box).not_to_be_checked()
    page.keyboard.press("Control+.")
    expect(box).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#latest")).to_contain_text("promised “we'll call you back by Friday”")
    page.locator("#latest [data-action=undo]").last.click()
    expect(page.locator("#latest")).to_contain_text("The reply was undone, and its promise with it")


def test_a_careless_draft_is_stopped_until_better_words_stand_there(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=open")
    composer(page, "Lena Schmidt")
    page.keyboard.type("You should have read the label.")
    expect(page.locator("#reading .found")).to_contain_text("Blame")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reply-error")).to_contain_text("It was not sent")
    expect(page.locator("#reason")).to_be_visible()
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+'")
    expect(page.locator("#reply-text")).to_have_value(
        "I'm sorry this happened. Here is what we'll do about it, and by when: …"
    )
    expect(page.locator("#reading .found")).to_have_count(0)
    page.locator("#reply-text").fill("")
