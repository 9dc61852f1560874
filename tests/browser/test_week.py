"""A week in the demo brand, seen in a real browser: what the product promises of the process, as one story."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from goodword.honesty.flags import FLAGS
from tests.browser.conftest import Opener, Site, opening, running
from tests.browser.week_clock import FILE

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATE = ("Late parcel", "parcel is late")
ONCE = "You charged me twice for order 7781, I want my money back"
TWICE = "Still no refund for order 7781, and now you charged me twice again. Nobody answers, this is the second time!"
TOLD = (
    "Hello Mara, thank you for telling us about your order, we are sorry. Our billing team checks a double charge "
    "within 2 working days. Why not upgrade to our premium plan?"
)
"""What Mara was answered before, sent although it sells."""
REASON = "They asked for it"


class Careless(NamedTuple):
    """A draft that one check stops; the words that it points at, and of the reason that it gives."""

    draft: str
    words: str
    why: str


CARELESS = {
    "private": Careless(
        "Thank you. We wrote to you at mara.lind@example.org, the address on your account.",
        "We wrote to you at mara.lind@example.org, the address on your account.",
        "It tells everyone what only the customer should know",
    ),
    "secret": Careless("Until Project Tern is out, we cannot say.", "Project Tern", "keeps this word to itself"),
    "contradicts": Careless(
        "Thank you. The checkout is fixed and works again.",
        "The checkout is fixed and works again.",
        "We say elsewhere: “The checkout is down.",
    ),
    "advert": Careless(
        "In partnership with Lumo we have a lamp for every desk.",
        "In partnership with",
        "Whoever gets something for praising a thing says so",
    ),
    "article": Careless(
        "Thank you. Your bank shows a refund within 14 working days.",
        "Your bank shows a refund within 14 working days.",
        "Our article “How long does a refund take?” says: “Your bank shows it three to five working days",
    ),
    "told": Careless(
        "Our billing team checks a double charge within 10 working days.",
        "Our billing team checks a double charge within 10 working days.",
        "we told them: “Our billing team checks a double charge within 2 working days.”",
    ),
    "blame": Careless(
        "Thank you. You should have read the terms before you ordered.",
        "You should have read the terms before you ordered.",
        "It puts the fault on the customer",
    ),
    "excuse": Careless(
        "Due to high call volumes we are slow these days.",
        "Due to high call volumes we are slow these days.",
        "It explains the trouble away",
    ),
    "overpromise": Careless(
        "This will never happen again.", "This will never happen again.", "It guarantees what isn't in our hands"
    ),
    "sell": Careless(
        "Why not upgrade to our premium plan?",
        "Why not upgrade to our premium plan?",
        "They came for help and were offered something 1 time in 30 days: that is enough",
    ),
    "cold": Careless(
        "Your complaint has been logged. Do not reply to this message.",
        "Your complaint has been logged. Do not reply to this message.",
        "It has no word for the customer's trouble",
    ),
    "repeated": Careless(TOLD, TOLD[:60], "1 other customer was told the same in the last 24 hours"),
    "budget": Careless(
        "Use code MARA20 for your next order.", "Use code MARA20 for your next order.", "1 offer stands there already"
    ),
}


def monday_morning() -> datetime:
    """The last Monday from which the story, of some nine days, ends in the past; nine o'clock in the brand's zone."""
    day = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) - 11 * DAY
    return day - day.weekday() * DAY


class Week:
    """The clock of the story, and what happens while nobody looks at the screen."""

    def __init__(self, environment: dict[str, str], began: datetime) -> None:
        self.began = began
        self._life = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.week_life"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def go_to(
        self, after: timedelta, *, said: Sequence[tuple[str, str]] = (), cause: tuple[str, str] | None = None
    ) -> None:
        """It is so long after the beginning; customers speak, and the worker does its work."""
        assert self._life.stdin
        assert self._life.stdout
        order: dict[str, Any] = {"at": (self.began + after).isoformat(), "said": said, "cause": cause}
        self._life.stdin.write(json.dumps(order) + "\n")
        self._life.stdin.flush()
        assert self._life.stdout.readline() == "done\n"

    def end(self) -> None:
        self._life.terminate()
        self._life.wait(20)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Week]]:
    home, began = tmp_path_factory.mktemp("week"), monday_morning()
    clock: Path = home / "clock"
    clock.write_text(str((datetime.now(UTC) - began).total_seconds()))
    with running(home, seed="tests.browser.week_seed", program="tests.browser.week_clock", **{FILE: str(clock)}) as (
        address,
        seeded,
    ):
        lived = Week(seeded["environment"], began)
        try:
            yield Site(address, seeded["tokens"], {}), lived
        finally:
            lived.end()


@pytest.fixture
def story(week: tuple[Site, Week], browser: Browser) -> Iterator[tuple[Opener, Week]]:
    with opening(week[0], browser) as opener:
        yield opener, week[1]


def test_a_week(story: tuple[Opener, Week]) -> None:
    open_page, week = story
    lead = open_page("/w/harbour/problems/new/", who="Tomás")
    agent = open_page("/w/harbour/inbox/?view=open&sort=risk", who="Grace")
    week.go_to(HOUR / 2, said=[(f"late{n}", f"My parcel is late again, number {n}") for n in range(9)], cause=LATE)
    week.go_to(HOUR)
    improvement = an_improvement_is_put_in_place(lead)
    week.go_to(2 * HOUR, said=[("mara", ONCE)])
    week.go_to(DAY + 4 * HOUR, said=[("mara", TWICE)], cause=("Refund is late", "order 7781"))
    case = it_rises_with_its_reasons_and_is_routed_by_skill(agent)
    week.go_to(DAY + 7 * HOUR + 40 * MINUTE)
    its_agent_is_warned_before_the_deadline(agent)
    an_incident_is_declared(lead)
    the_house_says_what_is_too_much(lead)
    something_was_answered_before(agent)
    a_careless_draft_is_stopped_by_each_check(agent, case)
    a_promise_is_made_with_one_key(agent)
    week.go_to(2 * DAY, said=[(f"happy{n}", f"Ran {n} km in my new boots, what a lovely day") for n in range(50)])
    week.go_to(4 * DAY)
    it_is_kept_late_and_shown_so(agent, case)
    week.go_to(7 * DAY + 2 * HOUR)
    lead.goto(improvement)
    expect(lead.locator(".page-header")).to_contain_text("Fixed")
    week.go_to(8 * DAY, said=[(f"again{n}", f"My parcel is late again, number {n}") for n in range(8)], cause=LATE)
    the_cause_came_back_and_is_open_again(lead, improvement)
    the_scorecard_shows_it_and_every_figure_opens_its_cases(lead, case)


def an_improvement_is_put_in_place(page: Page) -> str:
    """A problem, what is done about it, and since when; the address of the improvement."""
    page.get_by_label("Title").fill("Parcels come late")
    page.get_by_label("Cause").select_option(label="Delivery › Late parcel")
    page.locator("main form").get_by_role("button").last.click()
    page.get_by_role("link", name="Plan an improvement").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is done").fill("Another courier")
    dialog.get_by_label("By when").fill("2030-01-01")
    dialog.get_by_label("Days that are compared").fill("7")
    dialog.get_by_role("button").last.click()
    page.get_by_role("link", name="It is in place").click()
    page.get_by_role("dialog").get_by_role("button", name="It is in place").click()
    expect(page.locator(".page-header")).to_contain_text("complaints are watched")
    return page.url


def it_rises_with_its_reasons_and_is_routed_by_skill(page: Page) -> str:
    """The address of the case. Above it stands only who may be in danger."""
    page.reload()
    risks = [int(risk) for risk in re.findall(r"Risk (\d+)", page.locator("main").inner_text().split(TWICE[:40])[0])]
    assert all(risk >= 60 for risk in risks), "nobody but who may be in danger stands above"
    page.get_by_role("link", name=TWICE[:40]).first.click()
    expect(page.locator("#case-title")).to_contain_text(TWICE[:40])
    page.locator("[popovertarget=risk]").first.click()
    expect(page.locator("#risk")).to_contain_text("failed again, after 1 failure within 90 days")
    expect(page.locator("#risk")).to_contain_text("money is at stake")
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_contain_text("Grace Osei was chosen: can do refunds")
    return page.url


def its_agent_is_warned_before_the_deadline(page: Page) -> None:
    page.goto(page.url.split("/w/")[0] + "/w/harbour/notices/")
    warned = page.get_by_role("listitem").filter(has_text=TWICE[:30]).filter(has_text="is due")
    expect(warned.first).to_contain_text("First answer")


def an_incident_is_declared(page: Page) -> None:
    page.goto(page.url.split("/w/")[0] + "/w/harbour/honesty/statements/new/")
    page.get_by_label("What we say").fill("The checkout is down. We are working on it.")
    page.get_by_label("What it is about").fill("checkout")
    page.get_by_label("What no reply about it may say").fill('fixed OR "works again"')
    page.get_by_role("button", name="Declare it").click()
    expect(page.locator("main")).to_contain_text("The checkout is down")


def the_house_says_what_is_too_much(page: Page) -> None:
    """A word that nobody may say; and the same words, or an offer, once in a channel."""
    page.goto(page.url.split("/w/")[0] + "/w/harbour/honesty/rules/")
    page.get_by_label("Words that no reply may hold").fill("Project Tern")
    page.get_by_label("The same words are too many").fill("1")
    page.get_by_label("Offers that everybody may read").fill("1")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("main")).to_contain_text("1 word is kept confidential")


def something_was_answered_before(page: Page) -> None:
    """To the first failure: an offer, which goes out with a reason that leads can read."""
    page.goto(page.url.split("/w/")[0] + "/w/harbour/inbox/?view=open&sort=risk")
    page.get_by_role("link", name=ONCE[:40]).first.click()
    expect(page.locator("#case-title")).to_contain_text(ONCE[:40])
    page.locator("#reply-text").fill(TOLD)
    expect(found_of(page, "sell")).to_have_count(1)
    page.locator("#reply-text").press("Control+Enter")
    page.get_by_label("To send it all the same: why?").fill(REASON)
    page.locator("#reply-text").press("Control+Enter")
    expect(page.locator("#latest")).to_contain_text("premium plan")


def found_of(page: Page, flag: str) -> Locator:
    """What stands under the draft of one check."""
    return page.locator("#reading .found > li").filter(has=page.get_by_text(str(FLAGS[flag].label), exact=True))


def a_careless_draft_is_stopped_by_each_check(page: Page, case: str) -> None:
    """What is found stands there while it is written, with its words and why; and it is not sent."""
    assert set(CARELESS) == set(FLAGS)
    page.goto(case)
    for flag, (draft, words, why) in CARELESS.items():
        page.locator("#reply-text").fill(draft)
        found = found_of(page, flag)
        # A brush-off is known to the encoder alone, which is loaded first.
        expect(found.locator("q").filter(has_text=words)).to_have_count(1, timeout=20_000)
        expect(found).to_contain_text(why)
        page.locator("#composer").evaluate("composer => composer.classList.add('before')")
        page.locator("#reply-text").press("Control+Enter")
        expect(page.locator("#composer:not(.before) #reply-error")).to_contain_text("It was not sent")
    expect(page.locator(".entry.reply, .entry.queued")).to_have_count(0)


def a_promise_is_made_with_one_key(page: Page) -> None:
    page.locator("#reply-text").fill("I am sorry, the mistake was ours. We will send your refund by Thursday.")
    box = page.locator("#reading input[name=promise]")
    expect(box).to_have_count(1)
    page.locator("#reply-text").press("Control+.")
    expect(box).to_be_checked()
    page.locator("#reply-text").press("Control+Enter")
    expect(page.locator(".entry.queued")).to_contain_text("We will send your refund by Thursday")


def it_is_kept_late_and_shown_so(page: Page, case: str) -> None:
    home = page.url.split("/w/")[0]
    page.goto(f"{home}/w/harbour/notices/")
    expect(page.locator("main")).to_contain_text("A promise was not kept in time", ignore_case=True)
    page.goto(f"{home}/w/harbour/promises/?whose=mine&show=broken")
    mine = page.locator(".promise").filter(has_text="We will send your refund by Thursday")
    expect(mine).to_contain_text("broken")
    mine.get_by_role("link", name="Kept").click()
    page.get_by_label("What shows it").fill("Refund 4711")
    page.get_by_role("dialog").get_by_role("button", name="It is kept").click()
    expect(mine).to_have_count(0)
    page.goto(f"{home}/w/harbour/promises/?whose=mine&show=kept")
    expect(mine).to_contain_text("kept late")
    page.goto(case)
    expect(page.locator("#latest")).to_contain_text("promised “We will send your refund by Thursday”")
    expect(page.locator("#side-panel")).to_contain_text("kept late")


def the_cause_came_back_and_is_open_again(page: Page, improvement: str) -> None:
    page.goto(improvement)
    expect(page.locator("main")).to_contain_text("the complaints were back: it is open again")
    page.goto(page.url.split("/w/")[0] + "/w/harbour/notices/")
    expect(page.locator("main")).to_contain_text("It was fixed and came back: Parcels come late")


def the_scorecard_shows_it_and_every_figure_opens_its_cases(page: Page, case: str) -> None:
    home = page.url.split("/w/")[0]
    page.goto(f"{home}/w/harbour/scorecard/")
    figures = page.locator("main tbody th a").evaluate_all("links => links.map(link => link.href)")
    assert len(figures) > 10
    opened = {}
    for address in figures:
        behind = page.request.get(address)
        assert behind.ok
        cases = set(re.findall(r"/w/harbour/cases/\d+/", behind.text()))
        opened[address.split("measure=")[1]] = cases
        assert all(page.request.get(home + one).ok for one in sorted(cases)[:1])
    number = re.search(r"/w/harbour/cases/\d+/", case)
    assert number
    assert number[0] in opened["kept"]
    assert len(opened["fixed"]) >= 8
