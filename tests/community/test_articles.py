from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from goodword.community.find_articles import find_articles
from goodword.community.models import Article
from goodword.community.models.article import Readers
from goodword.community.save_article import BadArticle, archive_article, contradict_article, save_article
from goodword.community.words import STEM, stems, vector
from goodword.honesty.models import SentOver
from goodword.kernel.clock import current_time
from goodword.staff.models import Agent, Role
from tests.care.world import World, at

LATER = at(0).date() + timedelta(days=30)


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent()


def article(world: World, title: str, text: str = "An answer.", **changed: object) -> Article:
    written: dict[str, object] = {"readers": Readers.INSIDE, "review_on": LATER, "owner": None, **changed}
    written["owner"] = written["owner"] or Agent.objects.filter(memberships__workspace=world.workspace)[0]
    return save_article(workspace=world.workspace, title=title, text=text, by=None, now=at(0), **written)


def found(world: World, text: str) -> list[str]:
    articles = Article.objects.standing()
    return [each.title for each in find_articles(articles, workspace_id=world.workspace.pk, text=text)]


@given(st.text())
def test_words_are_cut_and_plain(text: str) -> None:
    for stem in stems(text):
        assert len(stem) > 0
        assert len(stem) <= STEM
        assert "'" not in stem
    assert vector(text, text).count("':1A") == len(set(stems(text)))


def test_case_accents_and_endings_make_no_difference() -> None:
    assert stems("Refunded REFUNDS") == ["refund", "refund"]
    assert stems("Kölner Straße") == stems("kolner strasse")


def test_an_article_is_found_by_what_a_customer_wrote(world: World, ana: Agent) -> None:
    article(world, "How long do refunds take?", "Three to five days after we have the parcel back.")
    article(world, "When does my parcel come?", "The courier takes two days.")
    article(world, "How do I wash the jacket?", "At thirty degrees.")
    assert found(world, "I want my refund, I was promised a refund last week!")[:1] == ["How long do refunds take?"]
    assert found(world, "WASHING THE JACKET?")[0] == "How do I wash the jacket?"
    assert found(world, "xyzzy") == found(world, "How do I do that?") == []
    assert found(world, "") == found(world, "?! …") == []


def test_articles_of_other_workspaces_and_those_put_away_are_not_found(world: World, ana: Agent) -> None:
    other = World("other")
    other.agent("Olga")
    article(other, "How long do refunds take?")
    gone = article(world, "Refunds in cash")
    archive_article(article=gone, by=ana, now=at(1))
    assert found(world, "refunds") == []
    article(world, gone.title, article=gone)
    assert found(world, "refunds") == ["Refunds in cash"]


def test_the_address_follows_from_the_first_title_and_stays(world: World, ana: Agent) -> None:
    one, two, three = (article(world, title) for title in ("Refunds: how?", "refunds how", "как вернуть?"))
    assert (one.slug, two.slug, three.slug) == ("refunds-how", "refunds-how-2", "article")
    assert article(world, "Money back", article=one).slug == "refunds-how"


def test_what_is_contradicted_is_flagged_hidden_and_settled_by_writing_anew(world: World, ana: Agent) -> None:
    kept = article(world, "Refunds", readers=Readers.PUBLIC)
    assert not kept.needs_review(LATER)
    assert kept.needs_review(LATER + timedelta(days=1))
    with pytest.raises(BadArticle):
        contradict_article(article=kept, why=" ", by=ana, now=at(1))
    contradict_article(article=kept, why="It takes ten days now.", by=ana, now=at(1))
    kept.refresh_from_db()
    assert kept.needs_review(at(0).date())
    assert not Article.objects.of(world.workspace).public().exists()
    article(world, "Refunds", "Ten days.", article=kept, readers=Readers.PUBLIC)
    assert Article.objects.of(world.workspace).public().get().contradiction == ""


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"text": "\x00"}, "text"),
        ({"text": "x" * 8001}, "text"),
        ({"review_on": at(0).date() - timedelta(days=1)}, "review_on"),
    ],
)
def test_what_can_not_be_is_refused(world: World, ana: Agent, changed: dict[str, object], field: str) -> None:
    with pytest.raises(BadArticle) as refused:
        article(world, **({"title": "Refunds"} | changed))
    assert refused.value.field == field
    assert not Article.objects.exists()


def test_the_owner_is_a_member(world: World, ana: Agent) -> None:
    with pytest.raises(BadArticle):
        article(world, "Refunds", owner=World("other").agent("Olga"))


def test_everybody_reads_what_is_public_and_nothing_else(world: World, ana: Agent, client: Client) -> None:
    assert client.get("/help/harbour/").status_code == 404
    public = article(world, "How long do refunds take?", "Three days.", readers=Readers.PUBLIC)
    inside = article(world, "Whom to call at the bank")
    page = client.get("/help/harbour/").content.decode()
    assert public.title in page
    assert inside.title not in page
    assert client.get("/help/harbour/?q=bank").context["articles"] == []
    assert "Three days." in client.get(f"/help/harbour/{public.slug}/").content.decode()
    assert client.get(f"/help/harbour/{inside.slug}/").status_code == 404
    assert client.get("/help/nobody/").status_code == 404
    contradict_article(article=public, why="Ten days.", by=ana, now=at(1))
    assert client.get(f"/help/harbour/{public.slug}/").status_code == 404


def test_agents_write_and_viewers_read(world: World, ana: Agent, client: Client) -> None:
    client.force_login(ana)
    review = (current_time() + timedelta(days=9)).date().isoformat()
    written = {"title": "Refunds", "text": "Soon.", "readers": "public", "owner": ana.pk, "review_on": review}
    refused = client.post("/w/harbour/knowledge/new/", written | {"review_on": "the 31st of June"})
    assert refused.status_code == 422
    assert "the 31st of June" in refused.content.decode()
    client.post("/w/harbour/knowledge/new/", written)
    kept = Article.objects.get()
    assert kept.title in client.get("/w/harbour/knowledge/?q=refund").content.decode()
    client.post(f"/w/harbour/knowledge/{kept.pk}/contradiction/", {"why": "Ten days."})
    assert "Ten days." in client.get(f"/w/harbour/knowledge/{kept.pk}/").content.decode()
    client.force_login(world.agent("Vera", Role.VIEWER))
    assert client.get(f"/w/harbour/knowledge/{kept.pk}/").status_code == 200
    assert client.post("/w/harbour/knowledge/new/", written).status_code == 403


def test_what_everybody_may_read_is_checked_first(world: World, ana: Agent, client: Client) -> None:
    client.force_login(ana)
    written = {
        "title": "Is my data safe?",
        "text": "I guarantee that nobody will ever see it.",
        "readers": "public",
        "owner": ana.pk,
        "review_on": (current_time() + timedelta(days=30)).date().isoformat(),
    }
    refused = client.post("/w/harbour/knowledge/new/", written)
    assert refused.status_code == 422
    assert "I guarantee" in refused.content.decode()
    assert not Article.objects.exists()
    client.post("/w/harbour/knowledge/new/", written | {"reason": "The law says so"})
    kept = Article.objects.get()
    over = SentOver.objects.get()
    assert (over.flag, over.subject, over.reason) == ("overpromise", f"article:{kept.pk}", "The law says so")
    swapped = {"title": written["text"], "text": "Yes."}
    assert client.post("/w/harbour/knowledge/new/", written | swapped).status_code == 422, "customers read titles, too"
    client.post("/w/harbour/knowledge/new/", written | {"readers": "inside", "title": "Among us"})
    assert Article.objects.count() == 2
