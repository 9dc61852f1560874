"""Every page, in both themes and on all widths: accessible, within its bounds, and light."""

from __future__ import annotations

import gzip

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import Opener

STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALLEST = 320
SIZES = {1440: 900, 1024: 768, 390: 844, SMALLEST: 640}
CLEAN: dict[int, list[str]] = {width: [] for width in SIZES}
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
    "today": ("/w/harbour/today/", ""),
    "search": ("/w/harbour/search/", ""),
    "search, left out": ("/w/harbour/search/?q=is:angry", ""),
    "mentions": ("/w/harbour/mentions/", ""),
    "mentions, mark": ("/w/harbour/mentions/?disposition=praise_kept", ".decide > summary"),
    "mentions, none": ("/w/harbour/mentions/?words=nobody-said-this", ""),
    "customers": ("/w/harbour/customers/", ""),
    "customer": ("/w/harbour/cases/1/", "#side-panel h2 a"),
    "customer, merge": ("/w/harbour/customers/1/merge/?q=a", ""),
    "listening": ("/w/harbour/listening/?days=30", "summary"),
    "listening, found": ("/w/harbour/listening/?q=(order+OR+parcel)+NOT+job", ""),
    "listening, refused": ("/w/harbour/listening/?q=a+AND+b+OR+c", ""),
    "listening, save": ("/w/harbour/listening/?q=refund", "text=Save search"),
    "listening, change": ("/w/harbour/listening/searches/1/", ""),
    "topics": ("/w/harbour/listening/topics/", ""),
    "topics, save": ("/w/harbour/listening/topics/", "text=Save as a search"),
    "case, cause": ("/w/harbour/cases/1/cause/", ""),
    "knowledge": ("/w/harbour/knowledge/", ""),
    "knowledge, new": ("/w/harbour/knowledge/", "text=New article"),
    "article": ("/w/harbour/knowledge/4/", ""),
    "knowledge, missing": ("/w/harbour/knowledge/missing/", ""),
    "causes": ("/w/harbour/causes/", ""),
    "causes, area": ("/w/harbour/areas/1/", ""),
    "cause": ("/w/harbour/causes/1/", ""),
    "problems": ("/w/harbour/problems/", ""),
    "problem": ("/w/harbour/problems/1/", "text=Plan an improvement"),
    "improvement": ("/w/harbour/improvements/1/", ""),
    "improvement, back": ("/w/harbour/improvements/2/", "text=It is in place"),
    "improvement, tell": ("/w/harbour/improvements/1/words/", "summary"),
    "case, draft read": ("/w/harbour/cases/2/", ""),
    "case, apology": ("/w/harbour/cases/1/apology/", ""),
    "case, zone": ("/w/harbour/cases/1/zone/", ""),
    "promises": ("/w/harbour/promises/?whose=all", ""),
    "promises, keep": ("/w/harbour/promises/1/keeping/", ""),
    "promises, another time": ("/w/harbour/promises/1/renegotiation/", ""),
    "being there": ("/w/harbour/being-there/", ""),
    "honesty": ("/w/harbour/honesty/", ""),
    "make-goods": ("/w/harbour/make-goods/", ""),
    "scorecard": ("/w/harbour/scorecard/", ""),
    "scorecard, measure": ("/w/harbour/scorecard/measure/?measure=first-hour", ""),
    "letter": ("/w/harbour/letters/?audience=service", "details summary"),
    "reports": ("/w/harbour/reports/", "summary"),
    "notices": ("/w/harbour/notices/", ""),
    "sources": ("/w/harbour/sources/", ""),
    "source": ("/w/harbour/sources/1/", ""),
    "saved replies": ("/w/harbour/replies/", ""),
    "team": ("/w/harbour/team/", "summary"),
    "hours": ("/w/harbour/team/hours/", ""),
    "hours, calendar": ("/w/harbour/team/hours/calendars/1/", ""),
    "hours, roster": ("/w/harbour/team/hours/", "text=Away"),
    "deadlines": ("/w/harbour/team/deadlines/", ""),
    "deadlines, policy": ("/w/harbour/team/deadlines/1/", ""),
    "deadlines, refused": ("/w/harbour/team/deadlines/", "text=New policy"),
    "routing": ("/w/harbour/team/routing/", ""),
    "routing, plan": ("/w/harbour/team/routing/teams/1/", ""),
    "routing, ability": ("/w/harbour/team/routing/agents/1/", ""),
    "routing, tried": ("/w/harbour/team/routing/rehearsal/", ""),
    "surveys": ("/w/harbour/surveys/", ""),
    "quality": ("/w/harbour/quality/", ""),
    "risk": ("/w/harbour/team/risk/", ""),
    "risk, tried": ("/w/harbour/team/risk/2/", "summary"),
    "rules": ("/w/harbour/team/rules/", ""),
    "steps": ("/w/harbour/team/steps/", "text=New step"),
    "approvals": ("/w/harbour/approvals/", ""),
    "macros": ("/w/harbour/team/macros/", "text=New macro"),
    "case, macros": ("/w/harbour/cases/2/", "[data-action=macros]"),
    "case, steps": ("/w/harbour/cases/2/steps/", ""),
    "rules, new": ("/w/harbour/team/rules/", "text=New rule"),
    "set-up": ("/w/harbour/set-up/", ""),
    "more": ("/w/harbour/more/", ""),
    "preferences": ("/preferences/", ""),
    "second factor": ("/accounts/2fa/", ""),
    "password": ("/accounts/password/change/", ""),
}
LEADS = {
    "being there, promise": "/w/harbour/being-there/new/",
    "being there, page": "/w/harbour/being-there/page/",
    "risk, weigh otherwise": "/w/harbour/team/risk/new/",
    "macros, change": "/w/harbour/team/macros/1/",
    "steps, change": "/w/harbour/team/steps/1/",
    "rules, change": "/w/harbour/team/rules/1/",
    "rules, tried": "/w/harbour/team/rules/2/rehearsal/",
    "surveys, leads": "/w/harbour/surveys/",
    "quality, leads": "/w/harbour/quality/",
    "honesty, rules": "/w/harbour/honesty/rules/",
    "honesty, statement": "/w/harbour/honesty/statements/new/",
    "make-goods": "/w/harbour/make-goods/",
    "webhooks": "/w/harbour/team/webhooks/",
    "webhook": "/w/harbour/team/webhooks/1/",
    "make-goods, budget": "/w/harbour/make-goods/budget/",
}
STRANGERS = {
    "our word": "/promises/harbour/",
    "survey": "/survey/token-of-the-seed/",
    "survey, over": "/survey/nothing/",
    "help": "/help/harbour/?q=charged",
    "help, article": "/help/harbour/why-was-my-card-charged-twice-for-one-order/",
    "sign in": "/accounts/login/",
    "spent link": "/sign-in/spent/",
    "nothing there": "/nowhere/",
}


# Only what is wrong comes back: to hand over all that was looked at takes several times as long as looking.
LOOK = "options => axe.run(document, options).then(found => found.violations)"


def faults(page: Page) -> list[str]:
    """By dark and by light, without loading the page again: only colours change, and at once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        violations += page.evaluate(LOOK, STANDARDS)
    return [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def beyond_the_window(page: Page) -> int:
    """Pixels that the document of a member's page, whose panes scroll by themselves, is longer than its window."""
    if not page.locator(".app").count():
        return 0
    return int(page.evaluate("document.documentElement.scrollHeight - document.documentElement.clientHeight"))


@pytest.mark.parametrize("name", PAGES)
def test_members_pages_have_no_fault(open_page: Opener, name: str) -> None:
    path, click = PAGES[name]
    page = open_page(path)
    assert look_on_all_widths(page, click) == CLEAN


@pytest.mark.parametrize("name", LEADS)
def test_leads_pages_have_no_fault(open_page: Opener, name: str) -> None:
    page = open_page(LEADS[name], who="Tomás")
    assert look_on_all_widths(page, "") == CLEAN


@pytest.mark.parametrize("name", STRANGERS)
def test_strangers_pages_have_no_fault(open_page: Opener, name: str) -> None:
    page = open_page(STRANGERS[name], who=None)
    assert look_on_all_widths(page, "") == CLEAN


def look_on_all_widths(page: Page, click: str) -> dict[int, list[str]]:
    """Faults by width; on the smallest phone only whether it scrolls sideways."""
    found: dict[int, list[str]] = {}
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        if click and not page.locator("dialog[open], :popover-open").count() and page.locator(click).first.is_visible():
            page.locator(click).first.click()
            page.wait_for_timeout(250)  # until what it opens stands still
        found[width] = faults(page) if width != SMALLEST else []
        if sideways(page):
            found[width].append("it scrolls sideways")
        if beyond_the_window(page):
            found[width].append("the document scrolls beside its panes")
    return found


def test_the_first_load_of_the_inbox_is_light(open_page: Opener) -> None:
    page = open_page("/w/harbour/inbox/?view=open")
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.setdefault(answer.url, -1))
    page.reload(wait_until="load")
    page.wait_for_selector("html.scripted", state="attached")
    for url in [url for url in sizes if "/live/" not in url]:
        sizes[url] = len(gzip.compress(page.request.get(url).body()))
    assert len(sizes) > 20
    assert sum(sizes.values()) <= FIRST_LOAD
