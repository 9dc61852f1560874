"""The inbox: what its address asks for, in how many queries, and for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.care.models import Case, State
from goodword.care.saved_views import save_view
from goodword.listen.models import Source
from goodword.staff.models import Agent, Role
from tests.care.world import World, at

SignedIn = Callable[[Agent], Client]
INBOX = "/w/harbour/inbox/"


def subjects(client: Client, query: str = "") -> list[str]:
    answer = client.get(INBOX + query)
    assert answer.status_code == 200
    return [row.subject for row in answer.context["rows"]]


def test_without_filters_it_shows_what_is_mine(world: World, signed_in: SignedIn) -> None:
    ana = world.agent()
    world.case("Mine", assignee=ana)
    world.case("Nobody's", when=1)
    world.case("Done", assignee=ana, state=State.RESOLVED)
    client = signed_in(ana)
    assert subjects(client) == ["Mine"]
    assert subjects(client, "?view=unassigned") == ["Nobody's"]
    assert sorted(subjects(client, "?view=all")) == ["Done", "Mine", "Nobody's"]


def test_the_way_on_leads_through_all_of_it_once(world: World, signed_in: SignedIn) -> None:
    ana = world.agent()
    for number in range(95):
        world.case(f"Case {number}", when=number)
    client, after, seen = signed_in(ana), "", []
    while True:
        answer = client.get(INBOX, {"view": "open", **({"after": after} if after else {})}, HTTP_HX_REQUEST="true")
        seen += [row.subject for row in answer.context["rows"]]
        after = answer.context["after"]
        if not after:
            break
    assert seen == [f"Case {number}" for number in reversed(range(95))]


def test_queries_do_not_grow_with_the_rows(world: World, signed_in: SignedIn) -> None:
    ana = world.agent()
    client = signed_in(ana)
    world.case("One", assignee=ana).labels.add(world.label("a"))
    client.get(INBOX)
    with CaptureQueriesContext(connection) as few:
        client.get(INBOX)
    for number in range(30):
        world.case(f"Case {number}", when=number, assignee=ana).labels.add(world.label(f"label {number}"))
    with CaptureQueriesContext(connection) as many:
        client.get(INBOX)
    assert len(many) == len(few) <= 16


def test_one_address_gives_a_page_or_its_fragment(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.agent())
    page, fragment = client.get(INBOX), client.get(INBOX, HTTP_HX_REQUEST="true")
    assert page.content.lstrip().startswith(b"<!doctype html>")
    assert b"<html" not in fragment.content
    assert "HX-Request" in page["Vary"]
    assert "HX-Request" in fragment["Vary"]


def test_filters_stand_as_chips_that_come_off_one_by_one(world: World, signed_in: SignedIn) -> None:
    label = world.label("refund")
    answer = signed_in(world.agent()).get(INBOX, {"state": ["open", "pending"], "label": label.pk, "assignee": "none"})
    chips = {chip.label: chip.without for chip in answer.context["chips"]}
    assert set(chips) == {"Open", "Waiting for the customer", "refund", "Unassigned"}
    assert "state=pending" in chips["Open"]
    assert "state=open" not in chips["Open"]


def test_nonsense_in_the_address_still_shows_a_list(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.agent())
    for query in ("?after=x", "?label=x&state=x&sort=x", "?assignee=99999999999999999999", "?case=x"):
        assert client.get(INBOX + query).status_code == 200


def test_only_leads_select_many(world: World, signed_in: SignedIn) -> None:
    world.case("One")
    for role, may in ((Role.VIEWER, False), (Role.AGENT, False), (Role.LEAD, True)):
        page = signed_in(world.agent(f"{role}", role)).get(INBOX + "?view=open")
        assert (b'class="pick"' in page.content) == may


def test_saved_views_stand_in_the_navigation(world: World, signed_in: SignedIn) -> None:
    ana, ben = world.agent(), world.agent("Ben")
    save_view(workspace=world.workspace, by=ana, name="Only mine", query="state=open&unread=1")
    save_view(workspace=world.workspace, by=ana, name="For all", query="state=snoozed", shared=True)
    mine, his = signed_in(ana).get(INBOX).content, signed_in(ben).get(INBOX).content
    assert b"Only mine" in mine
    assert b"For all" in mine
    assert b"Only mine" not in his
    assert b"For all" in his


def test_an_empty_inbox_says_when_the_next_is_due(world: World, signed_in: SignedIn) -> None:
    ana = world.agent()
    due = datetime.now(UTC) + timedelta(hours=3)
    world.case("Later", assignee=ana, state=State.PENDING, next_due_at=due)
    assert f"Next due {due:%H:%M}" in signed_in(ana).get(INBOX).content.decode()


def test_an_empty_view_speaks_of_itself_and_says_that_all_is_clear_only_where_it_is(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in(world.agent())
    assert "No cases yet" in client.get(INBOX).content.decode()
    world.case("Nobody has it")
    mine = client.get(INBOX).content.decode()
    assert "Nothing is yours" in mine
    assert "1 open case is nobody’s yet." in mine
    resolved = client.get(f"{INBOX}?view=resolved").content.decode()
    assert "Nothing is resolved yet" in resolved
    assert "All clear" not in mine + resolved


def test_a_saved_view_keeps_its_name_and_is_not_offered_to_be_saved_again(world: World, signed_in: SignedIn) -> None:
    ana = world.agent()
    for name, query in (("Riskiest mail", "state=open&channel=email&sort=risk"), ("Refunds", "q=refund is:open")):
        save_view(workspace=world.workspace, by=ana, name=name, query=query)
    client = signed_in(ana)
    shown = client.get(f"{INBOX}?state=open&channel=email&sort=risk").content.decode()
    assert re.search(r"list-title\">Riskiest mail<", shown)
    assert "Save this view" not in shown
    assert "Save this view" in client.get(f"{INBOX}?state=open&channel=email").content.decode()
    assert "/w/harbour/search/?q=refund+is%3Aopen" in shown  # words that were saved are looked for


def test_the_menu_names_the_place_that_the_heading_names(world: World, signed_in: SignedIn) -> None:
    ana = world.agent()
    save_view(workspace=world.workspace, by=ana, name="My riskiest", query="view=open&sort=risk")
    client = signed_in(ana)

    def current(address: str) -> list[str]:
        rail = client.get(address).content.decode().partition('<nav class="rail"')[2].partition("</nav>")[0]
        return re.findall(r'aria-current="page"[^>]*title="([^"]*)"', rail)

    assert current(f"{INBOX}?view=open&sort=risk") == ["Riskiest"]
    assert "My riskiest</h1>" not in client.get(f"{INBOX}?view=open&sort=risk").content.decode()
    for tab in ("scorecard", "causes", "problems", "letters", "surveys", "quality"):
        assert current(f"/w/harbour/{tab}/") == ["Scorecard"], tab


def test_a_risk_that_is_less_than_its_reasons_says_why(world: World, signed_in: SignedIn) -> None:
    parts = [
        {"name": name, "points": 40, "reason": "legal", "word": "court", "count": 0} for name in ("legal", "money")
    ]
    case = world.case(risk=58, risk_parts=parts)
    client = signed_in(world.agent())
    assert "Together that is more than 58" in client.get(f"/w/harbour/cases/{case.number}/").content.decode()
    Case.objects.filter(pk=case.pk).update(risk=80)
    assert "Together that is more" not in client.get(f"/w/harbour/cases/{case.number}/").content.decode()


def test_strangers_and_members_of_others_see_nothing(world: World, signed_in: SignedIn) -> None:
    other = World(slug="elsewhere", channel="other")
    assert Client().get(INBOX)["Location"].startswith("/accounts/login/")
    assert signed_in(other.agent("Otto")).get(INBOX).status_code == 404


def test_home_leads_to_set_up_until_something_is_heard_then_to_today(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.agent())
    assert client.get("/")["Location"] == "/w/harbour/set-up/"
    Source.objects.update(last_heard_at=at(0))
    assert client.get("/")["Location"] == "/w/harbour/today/"
    assert Client().get("/")["Location"] == "/accounts/login/"
