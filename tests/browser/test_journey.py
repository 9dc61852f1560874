"""What an agent does all day, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

UNASSIGNED = "/w/harbour/inbox/?view=unassigned"
AT_THE_END = """() => {
  const { scrollHeight, scrollTop, clientHeight } = document.getElementById("timeline");
  return scrollHeight - scrollTop - clientHeight < 2;
}"""


def open_case(page: Page, subject: str) -> None:
    page.get_by_role("link", name=subject).first.click()
    expect(page.locator("#case-title")).to_have_text(subject)


def test_answering_undoing_answering_again_and_resolving(open_page: Opener) -> None:
    page = open_page(UNASSIGNED)
    open_case(page, "Where is my order 1034?")
    expect(page).to_have_url(re.compile(r"/cases/\d+/\?view=unassigned"))
    page.locator("#reply-text").fill("It left the warehouse this morning.")
    page.locator("#reply-text").press("Control+Enter")
    queued = page.locator(".entry.queued")
    expect(queued).to_contain_text("It left the warehouse this morning.")
    expect(queued).to_contain_text(re.compile(r"Sends in \d s"))
    expect(page.locator("#reply-text")).to_have_value("")
    expect(queued.get_by_role("button", name="Undo")).to_be_focused()

    page.keyboard.press("z")
    expect(page.locator(".entry.queued")).to_have_count(0)
    expect(page.locator("#reply-text")).to_have_value("It left the warehouse this morning.")

    page.locator("#reply-text").fill("It left the warehouse at nine.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".entry.reply")).to_contain_text("It left the warehouse at nine.")

    page.get_by_role("link", name="Resolve", exact=True).click()
    page.get_by_label("Closing words").fill("Have a good day!")
    page.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    expect(page.locator("#case-header")).to_contain_text("We say it is solved")
    expect(page.locator("#latest")).to_contain_text("asked the customer whether it is solved")
    expect(page.locator("#dialog")).not_to_be_visible()


def test_a_reply_comes_into_view_with_its_undo_wherever_its_writer_was_reading(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=open")
    open_case(page, "A very long story that goes on and on")
    timeline = page.locator("#timeline")
    page.wait_for_function(AT_THE_END)  # where a case opens
    timeline.evaluate("element => { element.scrollTop = 0; }")
    page.locator("#reply-text").fill("I read all of it.")
    page.locator("#reply-text").press("Control+Enter")
    undo = page.locator(".entry.queued").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(undo).to_be_in_viewport()
    page.keyboard.press("z")
    expect(page.locator(".entry.queued")).to_have_count(0)
    expect(page.locator("#to-latest")).to_be_hidden()
    page.locator("#reply-text").fill("")


def test_with_the_keyboard_alone(open_page: Opener) -> None:
    page = open_page(UNASSIGNED)
    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("k")
    subject = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("#case-title")).to_have_text(subject)
    expect(page.locator("#case-title")).to_be_focused()

    page.keyboard.press("a")
    expect(page.get_by_role("dialog")).to_contain_text("Who answers?")
    page.keyboard.press("Enter")
    expect(page.locator("#latest")).to_contain_text("Ann Li took the case")

    page.keyboard.press("l")
    page.get_by_label("New, separated by commas").press_sequentially("delivery")
    page.keyboard.press("Enter")
    expect(page.locator("#latest")).to_contain_text("added delivery")

    page.keyboard.press("n")
    page.keyboard.type("@Tomás do you know this one?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entry.note")).to_contain_text("@Tomás do you know this one?")

    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("We look into it.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entry.reply")).to_contain_text("We look into it.")

    page.keyboard.press("h")
    expect(page.get_by_role("dialog")).to_contain_text("Until when?")
    page.keyboard.press("Enter")
    expect(page.locator("#case-header")).to_contain_text("Snoozed")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Keyboard shortcuts")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("riskiest")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=risk"))


def test_without_a_script(open_page: Opener) -> None:
    page = open_page(UNASSIGNED, java_script_enabled=False)
    page.get_by_role("link", name="Where is my order 1010?").click()
    page.locator("#reply-text").fill("It is at the customs.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".entry.queued")).to_contain_text("It is at the customs.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#reply-text")).to_have_value("It is at the customs.")
    page.locator("label", has_text="Internal note").click()
    page.locator("#note-text").fill("Ask the carrier.")
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator(".entry.note")).to_contain_text("Ask the carrier.")
    page.get_by_role("link", name="Assign", exact=True).click()
    page.get_by_label("Me", exact=True).check()
    page.get_by_role("button", name="Assign").click()
    expect(page.locator(".timeline")).to_contain_text("Ann Li took the case")
    page.get_by_role("link", name="Resolve", exact=True).click()
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator("#case-header")).to_contain_text("We say it is solved")
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_role("link", name="Resolve", exact=True)).to_be_visible()


def test_a_reply_to_a_thread_that_went_on_is_shown_first(open_page: Opener) -> None:
    ann, tomas = open_page("/w/harbour/inbox/?view=unassigned"), open_page(UNASSIGNED, who="Tomás")
    for page in (ann, tomas):
        open_case(page, "Where is my order 1020?")
    ann.locator("#reply-text").fill("I am on it.")
    tomas.locator("#reply-text").fill("It comes tomorrow.")
    tomas.get_by_role("button", name="Send").click()
    expect(tomas.locator(".entry.reply")).to_be_visible()
    ann.get_by_role("button", name="Send").click()
    dialog = ann.get_by_role("dialog")
    expect(dialog).to_contain_text("It comes tomorrow.")
    dialog.get_by_role("link", name="Edit").click()
    expect(dialog).not_to_be_visible()
    expect(ann.locator("#reply-text")).to_have_value("I am on it.")
    ann.locator("#reply-text").fill("My colleague has just answered.")
    ann.get_by_role("button", name="Send").click()
    expect(ann.locator(".entry.reply", has_text="My colleague has just answered.")).to_be_visible()


def test_a_page_that_is_open_hears_of_colleagues(open_page: Opener) -> None:
    ann, tomas = open_page(UNASSIGNED), open_page(UNASSIGNED, who="Tomás")
    for page in (ann, tomas):
        open_case(page, "Where is my order 1030?")
    expect(ann.locator("#presence")).to_contain_text("Tomás Silva")
    ann.locator("#reply-text").fill("half a sen")
    expect(tomas.locator("#presence")).to_contain_text("Ann Li is replying now")
    tomas.keyboard.press("n")
    tomas.keyboard.type("I know this customer.")
    tomas.keyboard.press("Control+Enter")
    expect(ann.locator(".entry.note")).to_contain_text("I know this customer.")
    expect(ann.locator("#reply-text")).to_have_value("half a sen")


def test_a_draft_survives_the_page(open_page: Opener) -> None:
    page = open_page(UNASSIGNED)
    open_case(page, "Where is my order 1031?")
    page.locator("#reply-text").press_sequentially("Not finished y")
    expect(page.locator(".reply-form .saved")).to_have_text("Draft kept")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("Not finished y")


def test_what_is_too_long_stays_and_says_so(open_page: Opener) -> None:
    page = open_page(UNASSIGNED)
    open_case(page, "Where is my order 1032?")
    page.locator("#reply-text").fill("👩‍👩‍👧‍👦" * 1001)
    expect(page.locator(".length")).to_have_text("1001 of 1000")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#reply-error")).to_contain_text("shorten it by 1")
    expect(page.locator("#reply-text")).to_have_value("👩‍👩‍👧‍👦" * 1001)


def test_saved_replies_come_filled_in(open_page: Opener) -> None:
    page = open_page(UNASSIGNED)
    open_case(page, "Where is my order 1033?")
    page.locator("#reply-text").press_sequentially("/ref")
    expect(page.get_by_role("option")).to_contain_text("Refund is on its way")
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_have_value(
        "Hello Customer, your refund is on its way. It takes three days. Ann"
    )


def test_earlier_messages_come_without_moving_what_is_read(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=open")
    open_case(page, "A very long story that goes on and on")
    expect(page.locator(".entry")).to_have_count(50)
    page.get_by_role("link", name="Show earlier messages").click()
    expect(page.locator(".entry")).to_have_count(100)
    page.get_by_role("link", name="Show earlier messages").click()
    expect(page.locator(".entry")).to_have_count(121)
    expect(page.get_by_role("link", name="Show earlier messages")).to_have_count(0)


def test_leads_change_many_cases_at_once(open_page: Opener) -> None:
    page = open_page(UNASSIGNED, who="Tomás")
    rows = page.locator(".case-row")
    subjects = [rows.nth(n).locator(".subject").inner_text() for n in (20, 21)]
    for subject in subjects:
        page.locator(".case-row", has_text=subject).hover()
        page.locator(".case-row", has_text=subject).get_by_role("checkbox").check()
    expect(page.locator("#picked")).to_have_text("2 selected")
    page.locator(".bulk-bar").get_by_role("button", name="Assign").click()
    page.get_by_role("dialog").get_by_label("Agent").select_option("Tomás Silva")
    page.get_by_role("dialog").get_by_role("button", name="Assign").click()
    expect(page.locator("#toasts")).to_contain_text("2 cases changed.")
    for subject in subjects:
        expect(page.locator(".case-row", has_text=subject)).to_have_count(0)
    expect(rows.first).to_be_visible()  # the list, anew: not a page of one of the cases
    expect(page.locator(".list-pane #case")).to_have_count(0)


def test_viewers_read_and_do_not_act(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=open", who="Vera")
    open_case(page, "Card charged twice for order 40718")
    expect(page.locator("#composer")).to_have_count(0)
    expect(page.get_by_role("link", name="Resolve", exact=True)).to_have_count(0)


def test_a_spent_link_says_what_to_do(open_page: Opener) -> None:
    page = open_page("/sign-in/not-a-link/", who=None)
    expect(page.get_by_role("heading")).to_have_text("This link has been used")
    page.get_by_role("link", name="Sign in with a password").click()
    expect(page.get_by_role("heading")).to_have_text("Sign in")
