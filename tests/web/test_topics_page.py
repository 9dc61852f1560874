"""The page of topics: what the last review found, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from goodword.care.models import Message
from goodword.kernel.clock import current_time
from goodword.listen.models import Mention, Sentiment, Topic, TopicBurst
from goodword.listen.review_topics import review_topics
from goodword.listen.saved_searches import save_search
from goodword.staff.models import Agent, Notice, Role
from tests.care.world import World

SignIn = Callable[[Agent], Client]
HOME = "/w/harbour/listening/topics/"
TEXTS = [
    "The <b>Ticket Gates</b> refuse my card, call me: +49 30 901820",
    "queue of fifty people because the Ticket Gates refuse cards",
    "who tested these Ticket Gates? none of our cards work",
    "Stuck at the Ticket Gates again",
]


@pytest.fixture
def lea(world: World) -> Agent:
    return world.agent("Lea", Role.LEAD)


@pytest.fixture
def said(world: World) -> World:
    for text in TEXTS * 2:
        world.case(text)
    Mention.objects.update(at=current_time() - timedelta(hours=2))
    Mention.objects.filter(text=TEXTS[0]).update(sentiment=Sentiment.NEGATIVE)
    return world


def get(client: Client, home: str = HOME) -> str:
    answer = client.get(home)
    assert answer.status_code == 200
    return answer.content.decode()


def review(world: World) -> None:
    assert review_topics(workspace_id=world.workspace.pk, now=current_time())


def test_a_topic_is_told_with_its_size_feeling_and_posts(said: World, lea: Agent, signed_in: SignIn) -> None:
    review(said)
    page = get(signed_in(lea))
    assert "One topic, among 8 mentions of the last two weeks" in page
    assert "<bdi>Ticket Gates</bdi>" in page
    assert "8 mentions by 8 people · in 4 voices" in " ".join(page.split())
    assert "2 negative, 0 neutral, 0 positive" in page
    assert "said 2 times in these words" in page
    assert "<mark>Ticket Gates</mark>" in page
    assert "901820" not in page
    assert "<b>Ticket" not in page
    shown = Topic.objects.get().typical[0]["mention_id"]
    assert f"/w/harbour/cases/{Message.objects.get(mention=shown).case.number}/" in page


def test_a_topic_is_saved_as_a_search_that_finds_it(said: World, lea: Agent, signed_in: SignIn) -> None:
    review(said)
    client = signed_in(lea)
    address = next(link for link in links(get(client)) if "searches/new/" in link)
    assert parse_qs(urlsplit(address).query) == {"q": ['"ticket gates"'], "name": ["Ticket Gates"]}
    form = get(client, address)
    assert 'value="Ticket Gates"' in form
    assert "&quot;ticket gates&quot;" in form
    save_search(workspace=said.workspace, by=lea, name="Gates", text='"ticket gates"', now=current_time())
    page = get(client)
    assert "Saved as “Gates”" in page
    assert "searches/new/" not in page


def links(page: str) -> list[str]:
    return [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]


def test_all_of_it_is_shown_by_the_explorer(said: World, lea: Agent, signed_in: SignIn) -> None:
    review(said)
    client = signed_in(lea)
    address = next(link for link in links(get(client)) if "listening/?q=" in link)
    assert "8 mentions by 8 people" in get(client, address)


def test_an_archive_is_shown_by_its_own_days(said: World, lea: Agent, signed_in: SignIn) -> None:
    Mention.objects.update(at=current_time() - timedelta(days=300))
    review(said)
    client = signed_in(lea)
    page = get(client)
    assert "Nothing was heard in the last two weeks" in page
    address = next(link for link in links(page) if "listening/?q=" in link)
    assert "8 mentions by 8 people" in get(client, address)


def test_a_burst_is_told_in_words_and_its_notice_leads_here(said: World, lea: Agent, signed_in: SignIn) -> None:
    review(said)
    topic, now = Topic.objects.get(), current_time()
    TopicBurst.objects.create(
        workspace=said.workspace, topic=topic, since=now - timedelta(hours=2), noticed_at=now, observed=48, expected=6,
        confidence=0.97,
    )  # fmt: skip
    client = signed_in(lea)
    assert "48 in 2 h since" in get(client)
    today = client.get("/w/harbour/today/").content.decode()
    assert "is talked about more than usual" in today
    assert "48 in 2 h since" in today
    notice = Notice.objects.create(
        workspace=said.workspace, agent=lea, kind=Notice.Kind.BURST, subject=f"topic:{topic.pk}", at=now
    )
    answer = client.post(f"/w/harbour/notices/{notice.pk}/reading/")
    assert answer.headers["Location"] == f"{HOME}#topic-{topic.pk}"


def test_before_the_first_review_it_says_so_and_without_topics_why(world: World, lea: Agent, signed_in: SignIn) -> None:
    client = signed_in(lea)
    assert "Nobody looked yet" in get(client)
    review(world)
    assert "Nothing that several people talk about" in get(client)


def test_who_may_not_save_is_not_offered_to(said: World, signed_in: SignIn) -> None:
    review(said)
    page = get(signed_in(said.agent("Vera", Role.VIEWER)))
    assert "Ticket Gates" in page
    assert "Save as a search" not in page


def test_another_workspace_is_not_shown(said: World, lea: Agent, signed_in: SignIn) -> None:
    review(said)
    ola = World("other").agent("Ola", Role.LEAD)
    assert "Ticket Gates" not in get(signed_in(ola), "/w/other/listening/topics/")
    assert signed_in(ola).get(HOME).status_code == 404
