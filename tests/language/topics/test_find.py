"""Topics are found, named and told apart from what is always said."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.searches import Post, matches, parse
from goodword.language.topics import Said, Topic, find_topics

HOUR = 3600.0
DAY = 24 * HOUR
EVERYDAY = [
    "the coffee on the morning train was lovely and the staff were friendly",
    "lost my umbrella on platform nine, has anyone seen it",
    "when does the next bus to the harbour leave on sundays",
    "your app logged me out and will not take my password",
    "can I bring my bicycle on the evening ferry",
    "the heating in carriage four is broken and it is freezing",
]
NEWS = [
    "my smart card is refused at the new Ticket Gates",
    "the new Ticket Gates at central refuse every smart card",
    "stuck again, Ticket Gates say my card is not valid",
    "queue of fifty people because the Ticket Gates refuse cards",
    "who tested these ticket gates? none of our cards work",
]


def said(texts: list[str], *, begin: float = 0.0, every: float = 360.0, weight: float = 1.0) -> list[Said[str]]:
    return [Said(f"{begin:.0f}/{number}", text, begin + number * every, weight) for number, text in enumerate(texts)]


def two_days_and_news() -> list[Said[str]]:
    rng = random.Random(4)
    days = [f"{rng.choice(EVERYDAY)} {rng.choice(['ugh', 'please', 'really'])}" for _ in range(480)]
    return said(days) + said([rng.choice(NEWS) for _ in range(30)], begin=2 * DAY, every=120.0)


def about(topics: list[Topic[str]], word: str) -> Topic[str]:
    [found] = [topic for topic in topics if word in topic.wordings]
    return found


def test_what_comes_up_is_named_new_and_rising() -> None:
    posts = two_days_and_news()
    first, *others = find_topics(posts, now=2 * DAY + HOUR)
    assert first.phrases[0] == "Ticket Gates"
    assert first.is_new
    assert first.is_rising
    assert first.growth > 2
    assert (len(first.posts), first.first_at) == (30, 2 * DAY)
    texts = {post.id: post.text for post in posts}
    assert len({texts[post_id] for post_id in first.typical}) == 3
    assert not any(topic.is_new or topic.is_rising for topic in others)


def test_it_is_old_a_day_later_and_still_there() -> None:
    later = about(find_topics(two_days_and_news(), now=3 * DAY + 2 * HOUR), "ticket gates")
    assert not later.is_new
    assert not later.is_rising


def test_nobody_knows_what_is_new_on_the_first_day() -> None:
    topics = find_topics(said(NEWS * 4), now=HOUR)
    assert topics
    assert not any(topic.is_new or topic.is_rising for topic in topics)


def test_what_all_of_them_are_about_and_what_is_said_anywhere_is_no_topic() -> None:
    posts = said([f"harbour {text} thank you for your help" for text in EVERYDAY * 20])
    names = {name.lower() for topic in find_topics(posts, now=DAY) for name in topic.phrases}
    assert names
    assert not names & {"harbour", "help", "thank", "your help"}


def test_the_names_that_are_given_name_nothing() -> None:
    posts = said(["Harbour lines are closed", "why, harbour lines", "closed by Harbour", "closed, Harbour"] * 2)
    assert [topic.wordings for topic in find_topics(posts, now=DAY, besides=["Harbour Lines"])] == [("closed",)]


def test_one_and_many_are_the_same_word() -> None:
    posts = said(["my suitcase is lost", "two suitcases gone", "which suitcase?", "the suitcases, please"])
    topic = about(find_topics(posts, now=DAY), "suitcase")
    assert topic.wordings == ("suitcase", "suitcases")
    assert len(topic.posts) == 4


@pytest.mark.parametrize(("weight", "found"), [(1.0, 0), (4.0, 1)])
def test_a_voice_with_many_copies_is_a_topic_of_its_own(weight: float, found: int) -> None:
    posts = said(EVERYDAY[:5]) + said(["Boycott these poisonous anchovies"], begin=HOUR, weight=weight)
    assert len(find_topics(posts, now=DAY)) == found


def test_a_script_without_spaces_has_topics() -> None:
    posts = said(["配送が遅い", "また配送が遅い", "配送が遅いです", "なぜ配送が遅い"])
    [topic] = find_topics(posts, now=DAY)
    assert topic.phrases[0] in "配送が遅い"


@pytest.mark.parametrize("text", ["", "😡😡 ❤️", "@harbour https://example.com", "and so it is", "12345"])
def test_a_text_without_a_subject_has_no_topic(text: str) -> None:
    assert find_topics(said([text] * 9), now=DAY) == []


WORDS = ["ferry", "ferries", "gate", "Gates", "late,", "isn't", "don’t", "lost", "lost-and-found"]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6)))
@settings(max_examples=60)
def test_a_search_for_its_wordings_finds_its_posts(texts: list[list[str]]) -> None:
    posts = said([" ".join(words) for words in texts])
    for topic in find_topics(posts, now=DAY):
        search = parse(" OR ".join(f'"{wording}"' for wording in topic.wordings))
        assert topic.posts == tuple(post.id for post in posts if matches(search, Post(text=post.text)))


@pytest.mark.parametrize("text", ["配送が遅いです", "快递还没到", "การจัดส่งล่าช้ามาก"])
def test_a_search_for_its_wordings_finds_its_posts_where_words_are_not_set_apart(text: str) -> None:
    posts = said([f"{text}{ending}" for ending in ("", "!", " ok", " 1")] * 3 + ["今日はいい天気", "谢谢你们", "hello"])
    topics = find_topics(posts, now=DAY)
    assert topics
    for topic in topics:
        search = parse(" OR ".join(f'"{wording}"' for wording in topic.wordings))
        assert set(topic.posts) <= {post.id for post in posts if matches(search, Post(text=post.text))}


@given(st.lists(st.text(max_size=60), max_size=60), st.integers(0, 5))
@settings(max_examples=60)
def test_topics_are_different_and_hold_enough(texts: list[str], count: int) -> None:
    posts = said(texts)
    topics = find_topics(posts, now=DAY, count=count)
    assert len(topics) <= count
    assert len({topic.wordings for topic in topics}) == len(topics)
    for topic in topics:
        assert len(topic.posts) >= 4
        assert set(topic.typical) <= set(topic.posts)
        assert 1 <= len(topic.phrases) <= 3


def test_the_clock_s_beginning_makes_no_difference() -> None:
    early = two_days_and_news()
    late = [Said(post.id, post.text, post.at + 1.7e9, post.weight) for post in early]
    told = [(topic.phrases, topic.is_new) for topic in find_topics(early, now=2 * DAY + HOUR)]
    assert told == [(topic.phrases, topic.is_new) for topic in find_topics(late, now=1.7e9 + 2 * DAY + HOUR)]
