"""Our word in the composer: a promise is one key more than none, and a careless draft is stopped."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

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
    expect(page.locator(".entry.queued")).to_contain_text("we'll call you back by Friday")
    page.locator("#latest [data-action=undo]").last.click()
    expect(page.locator(".entry.queued")).to_have_count(0)
    expect(page.locator("#latest")).not_to_contain_text("promised “we'll call you back by Friday”")
    page.locator("#reply-text").fill("")


def test_what_is_written_while_a_reply_is_on_its_way_stays(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=open")
    composer(page, "Lena Schmidt")
    on_their_way: list[Route] = []

    def keep(route: Route) -> None:
        on_their_way.append(route)

    page.route("**/replies/", keep)
    text = page.locator("#reply-text")

    def send_and_write(words: str) -> None:
        with page.expect_request("**/replies/"):
            page.keyboard.press("Control+Enter")
        page.keyboard.type(words)
        on_their_way.pop().continue_()

    page.keyboard.type("You should have read the label.")
    send_and_write(" It says so")
    expect(page.locator("#reply-error")).to_contain_text("It was not sent")
    expect(text).to_have_value("You should have read the label. It says so")
    expect(text).to_be_focused()
    page.keyboard.type("!")
    expect(text).to_have_value("You should have read the label. It says so!")
    text.fill("Hello.")
    page.locator("#composer [name=seen_inbound_id]").evaluate("input => { input.value = 1; }")
    send_and_write(" And")
    page.get_by_role("dialog").get_by_role("link", name="Edit").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(text).to_have_value("Hello. And")
    text.fill("We look into it.")
    send_and_write(" And I will call you.")
    expect(page.locator(".entry.queued")).to_contain_text("We look into it.")
    expect(text).to_have_value("And I will call you.")
    expect(text).to_be_focused()
    page.locator("#latest [data-action=undo]").last.click()
    expect(page.locator(".entry.queued")).to_have_count(0)
    text.fill("")


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
