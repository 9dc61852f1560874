"""Topics are found, named and followed as posts come in."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.language.topics import Topic, TopicTracker

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
    "my smart card is refused at the new ticket gates",
    "the new ticket gates at central refuse every smart card",
    "stuck again, ticket gates say my card is not valid",
    "queue of fifty people because the ticket gates refuse cards",
    "who tested these ticket gates? none of our cards work",
]


def posts(rng: random.Random, choice: list[str], count: int) -> list[str]:
    return [f"{rng.choice(choice)} {rng.choice(['ugh', 'please', 'really', 'today', ''])}" for _ in range(count)]


def two_days_and_news() -> tuple[TopicTracker[str], dict[str, str]]:
    rng = random.Random(4)
    tracker: TopicTracker[str] = TopicTracker()
    texts: dict[str, str] = {}
    for number, text in enumerate(posts(rng, EVERYDAY, 480)):
        texts[f"day {number}"] = text
        tracker.add(f"day {number}", text, number * 6 * 60)
    for number, text in enumerate(posts(rng, NEWS, 30)):
        texts[f"news {number}"] = text
        tracker.add(f"news {number}", text, 2 * DAY + number * 120)
    return tracker, texts


def test_what_comes_up_is_named_new_and_rising() -> None:
    tracker, texts = two_days_and_news()
    first, *others = tracker.topics(2 * DAY + HOUR)

    assert "ticket gates" in first.phrases
    assert first.is_new
    assert first.is_rising
    assert first.growth > 2
    assert len(first.typical) == 3
    assert all(post_id.startswith("news") for post_id in first.typical)
    assert len({texts[post_id] for post_id in first.typical}) == 3
    fresh = [topic for topic in others if topic.is_new or topic.is_rising]
    assert all(post_id.startswith("news") for topic in fresh for post_id in topic.typical)


def test_a_topic_keeps_its_id_and_grows_old() -> None:
    tracker, _ = two_days_and_news()
    news = tracker.topics(2 * DAY + HOUR)[0]
    [later] = [topic for topic in tracker.topics(5 * DAY + HOUR) if topic.id == news.id]
    assert not later.is_new
    assert not later.is_rising
    assert later.posts == pytest.approx(news.posts / 2)


@pytest.mark.parametrize("text", ["", "😡😡", "@harbour https://example.com", "and so it is", "12345"])
def test_a_text_without_a_subject_has_no_topic(text: str) -> None:
    assert TopicTracker[int]().add(1, text, 0.0) is None


@given(texts=st.lists(st.text(alphabet="abcdefgh ", max_size=30), max_size=80))
@settings(max_examples=30)
def test_memory_is_bounded(texts: list[str]) -> None:
    tracker: TopicTracker[int] = TopicTracker(capacity=10)
    for number, text in enumerate(texts):
        tracker.add(number, text, float(number))
    assert len(tracker) <= 10
    assert len(tracker.topics(100.0, count=100, least_posts=0.0)) == len(tracker)


def test_the_clock_s_beginning_makes_no_difference() -> None:
    def told(start: float, pause: float) -> list[Topic[int]]:
        tracker: TopicTracker[int] = TopicTracker()
        rng = random.Random(1)
        for number, text in enumerate(posts(rng, EVERYDAY, 60)):
            tracker.add(number, text, start + number * HOUR)
        tracker.topics(start + 60 * HOUR + pause)
        for number, text in enumerate(posts(rng, NEWS, 20)):
            tracker.add(100 + number, text, start + 60 * HOUR + pause + number)
        return tracker.topics(start + 61 * HOUR + pause)

    assert [t.phrases for t in told(0.0, 0.0)] == [t.phrases for t in told(1.7e9, 0.0)]
    # After a year of silence only what came since is left, and the weights are made small again on the way.
    assert {topic.first_seen >= 365 * DAY for topic in told(0.0, 365 * DAY)} == {True}


def test_embeddings_decide_when_there_are_any() -> None:
    tracker: TopicTracker[int] = TopicTracker(dimension=3)
    east, north = np.array([1, 0.1, 0], np.float32), np.array([0, 1, 0.1], np.float32)
    assert tracker.add(1, "the parcel is late", 0.0, east) == 0
    assert tracker.add(2, "the parcel is late", 0.0, north) == 1
    assert tracker.add(3, "wo bleibt mein Paket", 0.0, 5 * east) == 0
    with pytest.raises(ValueError, match="3 numbers"):
        tracker.add(4, "the parcel is late", 0.0)
