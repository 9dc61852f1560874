from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from goodword.care.models import Draft
from goodword.care.record_cause import record_cause
from goodword.community.models import Article
from goodword.community.models.article import Readers
from goodword.community.save_article import archive_article, contradict_article, save_article
from goodword.kernel.clock import current_time
from goodword.learn.answer_cause import answer_cause
from goodword.learn.answers import LONGEST_WHOLE, articles_for, as_reply, unanswered, unanswered_topics
from goodword.learn.models import CauseArticle
from goodword.listen.models import Topic
from tests.care.world import World, at
from tests.learn.world import Learning

NOW = at(100)


def article(learning: Learning, title: str, text: str = "Two days.", readers: Readers = Readers.INSIDE) -> Article:
    return save_article(
        workspace=learning.world.workspace,
        title=title,
        text=text,
        readers=readers,
        owner=learning.ana,
        review_on=(current_time() + timedelta(days=30)).date(),
        by=None,
        now=at(0),
    )


def asked(learning: Learning, text: str = "My parcel is late"):
    case = learning.world.case(text)
    record_cause(case=case, by=None, cause=learning.cause, now=at(1))
    case.refresh_from_db()
    return case


def test_what_is_asked_and_not_answered_is_listed_by_how_often(learning: Learning) -> None:
    for _ in range(3):
        asked(learning)
    kept = article(learning, "Late parcels")
    [missing] = unanswered(learning.world.workspace, now=NOW)
    assert (missing.cause, missing.asked, list(missing.likely)) == (learning.cause, 3, [kept])
    answer_cause(cause=learning.cause, article=kept, by=learning.ana, now=NOW)
    assert unanswered(learning.world.workspace, now=NOW) == []
    archive_article(article=kept, by=learning.ana, now=NOW)
    assert len(unanswered(learning.world.workspace, now=NOW)) == 1


def talked_about(learning: Learning, phrase: str, mentions: int) -> Topic:
    counts = dict.fromkeys(("place", "people", "negative", "neutral", "positive"), 1)
    return Topic.objects.create(
        workspace=learning.world.workspace, phrases=[phrase], wordings=[phrase], search=f'"{phrase}"', voices=mentions,
        mentions=mentions, is_new=False, is_rising=False, growth=1, first_at=NOW, last_at=NOW, found_at=NOW, steps=[],
        typical=[], **counts,
    )  # fmt: skip


def test_what_is_talked_about_and_in_no_article_is_listed_though_nobody_named_a_cause(
    learning: Learning, client: Client
) -> None:
    for phrase, mentions in (("gift wrapping", 4), ("size charts", 9), ("return labels", 2)):
        talked_about(learning, phrase, mentions)
    talked_about(Learning(World("other")), "bike helmets", 50)
    kept = article(learning, "How do gift and wrapping work?")
    assert [topic.name for topic in unanswered_topics(learning.world.workspace)] == ["size charts", "return labels"]
    client.force_login(learning.ana)
    page = client.get("/w/harbour/knowledge/missing/").content.decode()
    assert "size charts" in page
    assert "?title=size%20charts" in page
    archive_article(article=kept, by=learning.ana, now=NOW)
    assert len(unanswered_topics(learning.world.workspace)) == 3


def test_an_article_of_another_workspace_answers_nothing(learning: Learning) -> None:
    other = article(Learning(World("other")), "Late parcels")
    answer_cause(cause=learning.cause, article=other, by=None, now=NOW)
    assert not CauseArticle.objects.exists()


def test_the_answer_of_the_cause_stands_before_what_the_words_find(learning: Learning) -> None:
    by_words, by_cause = article(learning, "Is my parcel late?"), article(learning, "About the courier")
    case = asked(learning)
    assert articles_for(case) == [by_words]
    answer_cause(cause=learning.cause, article=by_cause, by=None, now=NOW)
    assert articles_for(case) == [by_cause, by_words]
    contradict_article(article=by_cause, why="Not so.", by=learning.ana, now=NOW)
    assert articles_for(case) == [by_words]


def test_one_word_in_the_midst_of_an_article_is_no_reason_to_offer_it(learning: Learning) -> None:
    article(learning, "How long do refunds take?", "Tell us the order number.")
    two = article(learning, "What to do about burns", "Whoever was hurt by a lamp is called today.")
    case = asked(learning, "The lamp hurt my daughter, order 40301")
    assert articles_for(case) == [two]


@pytest.mark.parametrize(("readers", "linked"), [(Readers.INSIDE, False), (Readers.PUBLIC, True)])
def test_only_what_is_public_is_linked(learning: Learning, readers: Readers, linked: bool) -> None:
    text = as_reply(article(learning, "Late parcels", readers=readers), workspace=learning.world.workspace)
    assert text.startswith("Two days.")
    assert ("/help/harbour/late-parcels/" in text) == linked


def test_of_a_long_answer_the_first_paragraph_goes_into_the_reply(learning: Learning) -> None:
    long = article(learning, "Late parcels", "Two days.\n\n" + "More. " * LONGEST_WHOLE)
    assert as_reply(long, workspace=learning.world.workspace) == "Two days."


def test_an_article_is_offered_beside_the_case_and_inserted(learning: Learning, client: Client) -> None:
    client.force_login(learning.ana)
    kept, case = article(learning, "Is my parcel late?"), asked(learning)
    address = f"/w/harbour/cases/{case.number}/articles/{kept.pk}/"
    beside = client.get(f"/w/harbour/cases/{case.number}/beside/").content.decode()
    assert address in beside
    assert "Delivery › Late parcel" in beside
    assert client.post(address, headers={"HX-Request": "true"}).content.decode() == "Two days."
    assert client.post(address).status_code == 303
    assert Draft.objects.get().text == "Two days."
    kept.refresh_from_db()
    assert kept.inserted == 2


def test_a_page_lists_what_is_missing_and_links_an_answer(learning: Learning, client: Client) -> None:
    client.force_login(learning.ana)
    case = learning.world.case(when=(current_time() - at(0)).total_seconds() / 60 - 5)
    record_cause(case=case, by=None, cause=learning.cause, now=current_time())
    kept = article(learning, "Late parcels")
    assert "Late parcel" in client.get("/w/harbour/knowledge/missing/").content.decode()
    client.post(f"/w/harbour/causes/{learning.cause.pk}/article/", {"article": kept.pk})
    assert client.get("/w/harbour/knowledge/missing/").context["unanswered"] == []
