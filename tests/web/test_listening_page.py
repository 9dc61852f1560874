"""The listening page: what a search finds, refusals in place, and the searches that are saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from goodword.kernel.clock import current_time
from goodword.listen.models import Mention, SavedSearch, SearchBurst, SearchMatch, Sentiment
from goodword.listen.saved_searches import save_search
from goodword.staff.models import Agent, Notice, Role
from goodword.web.kept_searches import kept_searches
from tests.care.world import World

SignIn = Callable[[Agent], Client]
HOME = "/w/harbour/listening/"


@pytest.fixture
def lea(world: World) -> Agent:
    return world.agent("Lea", Role.LEAD)


@pytest.fixture
def said(world: World) -> World:
    """Three posts of the last hours."""
    for text, sentiment in (
        ("The <b>refund</b> never came, call me: +49 30 901820", Sentiment.NEGATIVE),
        ("Refund is here, thank you", Sentiment.POSITIVE),
        ("Where is my parcel?", None),
    ):
        world.case(text)
        Mention.objects.filter(text=text).update(sentiment=sentiment)
    Mention.objects.update(at=current_time() - timedelta(hours=2))
    return world


def get(client: Client, q: str = "", **more: str) -> str:
    answer = client.get(HOME, {"q": q, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_search_everything_is_shown(said: World, lea: Agent, signed_in: SignIn) -> None:
    assert "3 mentions by 3 people" in get(signed_in(lea))


def test_what_is_found_is_counted_marked_and_masked(said: World, lea: Agent, signed_in: SignIn) -> None:
    page = get(signed_in(lea), "refund", days="1")
    assert "2 mentions by 2 people, in the last 24 hours" in page
    assert "&lt;b&gt;<mark>refund</mark>&lt;/b&gt;" in page
    assert "[phone number]" in page
    assert "901820" not in page
    assert "Where is my parcel" not in page
    assert "2 mentions, 1 negative, 0 neutral, 1 positive" in page


def test_copies_are_one_voice(world: World, lea: Agent, signed_in: SignIn) -> None:
    world.case("Listening began long ago")
    for _one in range(5):
        world.case("Boycott Harbour! Never again")
    Mention.objects.update(at=current_time() - timedelta(hours=2))
    Mention.objects.filter(text="Listening began long ago").update(at=current_time() - timedelta(days=20))
    page = get(signed_in(lea), "boycott", days="30")
    assert "said 5 times in these words" in page
    rise, typical = page.split('id="typical"')
    assert rise.count('class="voice"') == typical.count('class="voice"') == 1


def test_a_mix_of_and_and_or_is_refused_with_both_meanings(said: World, lea: Agent, signed_in: SignIn) -> None:
    page = get(signed_in(lea), "refund AND parcel OR shoe")
    assert "<mark>OR</mark>" in page
    for rewrite in ("(refund AND parcel) OR shoe", "refund AND (parcel OR shoe)"):
        assert f"<code>{rewrite}</code>" in page
        assert quote(rewrite).replace("%20", "+") in page
        assert "mentions by" in get(signed_in(lea), rewrite)


@pytest.mark.parametrize(
    "q", ["(", '"', "NOT a", "a OR", "x" * 5000, "colour:red", "rating:[5 TO 1]", "*", "\u202e(", "a OR NOT b"]
)
def test_what_cannot_be_searched_for_is_said_in_place(said: World, lea: Agent, signed_in: SignIn, q: str) -> None:
    page = get(signed_in(lea), q)
    assert "used yet" in page
    assert "<mark>" in page


@pytest.mark.parametrize(
    "more",
    [
        {"days": "9"},
        {"from": "2026-01-01", "to": "2020-01-01"},
        {"from": "0001-01-01", "to": "9999-12-31"},
        {"from": "x", "to": "2020-01-01"},
        {"from": "2999-01-01", "to": "2999-01-02"},
    ],
)
def test_odd_spans_are_answered(said: World, lea: Agent, signed_in: SignIn, more: dict[str, str]) -> None:
    get(signed_in(lea), "refund", **more)


def test_a_search_is_explained_as_a_tree(said: World, lea: Agent, signed_in: SignIn) -> None:
    page = get(signed_in(lea), '(refund OR "money back") NOT job')
    assert "any of these" in page
    assert "the phrase “money back”" in page
    assert "but not: “job”" in page


def test_another_workspace_is_not_heard(said: World, lea: Agent, signed_in: SignIn) -> None:
    other = World("other")
    other.case("The refund of another brand")
    Mention.objects.update(at=current_time() - timedelta(hours=2))
    assert "another brand" not in get(signed_in(lea), "refund")
    assert signed_in(lea).get("/w/other/listening/").status_code == 404


def test_a_search_is_saved_changed_paused_and_deleted(said: World, lea: Agent, signed_in: SignIn) -> None:
    client = signed_in(lea)
    answer = client.post(f"{HOME}searches/new/", {"name": "Refunds", "text": "refund", "alarm": "1"})
    assert answer.status_code == 303
    search = SavedSearch.objects.get()
    assert (search.name, search.text, search.alarm, search.opens_cases) == ("Refunds", "refund", True, False)
    assert search.created_by == lea
    page = get(client, "refund")
    assert "Refunds" in page
    assert "Save search" not in page  # it is saved already
    client.post(f"{HOME}searches/{search.pk}/", {"name": "Money", "text": "refund*", "opens_cases": "1"})
    client.post(f"{HOME}searches/{search.pk}/alarm/", {"on": "1"})
    search.refresh_from_db()
    assert (search.name, search.text, search.alarm, search.opens_cases) == ("Money", "refund*", True, True)
    client.post(f"{HOME}searches/{search.pk}/stoppage/")
    search.refresh_from_db()
    assert not search.active
    assert "paused" in get(client)
    client.post(f"{HOME}searches/{search.pk}/resumption/")
    client.post(f"{HOME}searches/{search.pk}/deletion/")
    assert not SavedSearch.objects.exists()


def test_what_was_read_and_what_a_file_told_is_found(said: World, lea: Agent, signed_in: SignIn) -> None:
    Mention.objects.filter(text__startswith="Where").update(reading={"emotion": "disappointment", "question": 0.9})
    Mention.objects.filter(text__startswith="Refund").update(extra={"country": "PT"})
    client = signed_in(lea)
    assert "1 mention by one person" in get(client, "parcel emotion:disappointment is:question")
    page = get(client, "refund country:pt")
    assert "1 mention by one person" in page
    assert "country: finds only what a file named it for" in page
    assert "finds only what a file named" not in get(client, "refund lang:pt")


@pytest.mark.parametrize(
    ("q", "told"),
    [
        ("refund sentiment:negative", "posts are kept by the words alone"),
        ("sentiment:negative", "are not asked for this"),
        ("refund", ""),
    ],
)
def test_what_a_network_that_tells_everything_is_asked_for_is_said(
    said: World, lea: Agent, signed_in: SignIn, q: str, told: str
) -> None:
    page = get(signed_in(lea), q)
    assert told in page
    assert ("etworks that tell everything" in page) is bool(told)


def test_a_wrong_value_is_marked_where_it_stands(said: World, lea: Agent, signed_in: SignIn) -> None:
    page = get(signed_in(lea), "refund lang:klingon")
    assert "refund lang:<mark>klingon</mark>" in page
    assert "Did you mean lang:tlh?" in page


@pytest.mark.parametrize(
    ("name", "text", "said_why"),
    [("", "refund", "1 to 80"), ("Refunds", "refund AND parcel OR shoe", "without brackets"), ("Refunds", "", "empty")],
)
def test_what_cannot_be_saved_is_given_back_with_the_reason(
    world: World, lea: Agent, signed_in: SignIn, name: str, text: str, said_why: str
) -> None:
    answer = signed_in(lea).post(f"{HOME}searches/new/", {"name": name, "text": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said_why in page
    assert f'value="{name}"' in page
    assert text in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AGENT])
def test_only_leads_change_searches(said: World, signed_in: SignIn, role: Role) -> None:
    client = signed_in(said.agent("Vera", role))
    assert "Save search" not in get(client, "refund")
    assert client.post(f"{HOME}searches/new/", {"name": "Refunds", "text": "refund"}).status_code == 403
    assert not SavedSearch.objects.exists()


def test_a_notice_of_a_burst_leads_to_its_search(said: World, lea: Agent, signed_in: SignIn) -> None:
    search = SavedSearch.objects.create(
        workspace=said.workspace, name="Refunds", text="refund OR parcel", created_at=current_time()
    )
    notice = Notice.objects.create(
        workspace=said.workspace, agent=lea, kind=Notice.Kind.BURST, subject=f"search:{search.pk}", at=current_time()
    )
    answer = signed_in(lea).post(f"/w/harbour/notices/{notice.pk}/reading/")
    assert answer.headers["Location"] == f"{HOME}?q=refund+OR+parcel"


def test_a_burst_of_the_day_stands_on_today(said: World, lea: Agent, signed_in: SignIn) -> None:
    here, now = {"workspace": said.workspace}, current_time()
    search = SavedSearch.objects.create(**here, name="Refunds", text="refund", created_at=now)
    rise = {"observed": 48, "expected": 6, "confidence": 0.97}
    Mention.objects.filter(pk=(shown := Mention.objects.order_by("pk")[0]).pk).update(
        text="No refund yet, write to ada@home.example"
    )
    typical = [{"mention_id": shown.pk, "posts": 1, "reach": 0}]
    for hours in (3, 30):
        noticed_at = now - timedelta(hours=hours)
        SearchBurst.objects.create(
            **here, search=search, since=noticed_at - timedelta(hours=1), noticed_at=noticed_at, typical=typical, **rise
        )
    page = signed_in(lea).get("/w/harbour/today/").content.decode()
    assert "No <mark>refund</mark> yet, write to" in page
    assert "ada@home.example" not in page
    assert page.count("is talked about more than usual") == 1
    assert "48 in 1 h since" in page
    assert "where 6 were expected; 97 % sure" in page


@pytest.mark.parametrize(("zone", "counted"), [("UTC", 6), ("Asia/Kolkata", 5)])  # there hours begin at half past
def test_the_last_day_is_counted_by_the_hours_of_the_zone(said: World, zone: str, counted: int) -> None:
    search = save_search(workspace=said.workspace, by=None, name="Refunds", text="refund", now=current_time())
    now = datetime(2026, 3, 2, 12, 50, tzinfo=UTC)
    moments = [now - timedelta(minutes=minutes) for minutes in (1, 45, 60, 22 * 60, 23 * 60 + 15, 23 * 60 + 40)]
    SearchMatch.objects.bulk_create(
        SearchMatch(workspace=said.workspace, search=search, mention_id=n, at=at) for n, at in enumerate(moments)
    )
    with timezone.override(zone):
        (kept,) = kept_searches(said.workspace, now=now)
    assert kept.last_day == counted
    clock_hours = {at.astimezone(ZoneInfo(zone)).strftime("%d %H") for at in moments[:counted]}
    assert sum(height > 0 for _x, height in kept.hours) == len(clock_hours)
