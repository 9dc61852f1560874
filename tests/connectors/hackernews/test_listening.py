"""Hacker News over real HTTP: what is found, what becomes of it, and when too much is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from goodword.connectors.contract import Cursor, Delivery, Heard, Kind, Retry
from goodword.connectors.hackernews import listening
from goodword.connectors.hackernews.connector import HackerNews
from goodword.connectors.hackernews.parse import parse
from goodword.connectors.hackernews.twin import item_id
from goodword.connectors.twins.faults import FaultRates, Faults
from goodword.connectors.twins.server import Answer
from tests.connectors.hackernews.world import HackerNewsWorld
from tests.connectors.recorded_payloads import raws

CONNECTOR = HackerNews()


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_EVERY", timedelta(milliseconds=10))


@pytest.fixture
def site() -> Iterator[HackerNewsWorld]:
    with HackerNewsWorld() as world:
        yield world


def one_round(site: HackerNewsWorld, cursor: Cursor, **settings: str) -> Iterator[Delivery]:
    asked = iter(range(10**6))
    return CONNECTOR.listen(
        settings={**site.settings, **settings}, cursor=cursor, stop=lambda: next(asked) > 0, now=site.now
    )


def round_of(site: HackerNewsWorld, cursor: Cursor, **settings: str) -> tuple[list[Delivery], Cursor]:
    """One round of searching and looking again."""
    deliveries = list(one_round(site, cursor, **settings))
    return deliveries, deliveries[-1].cursor


def heard(deliveries: list[Delivery]) -> list[Heard]:
    return [parse(raw) for delivery in deliveries for raw in delivery.raws]


def test_stories_and_comments_are_told_apart() -> None:
    said = {raw.delivery_id: parse(raw) for raw in raws("hackernews", "*.json", "") if ".bad." not in raw.delivery_id}
    story, comment = said["story.json"], said["comment.json"]
    assert (story.kind, story.title, story.text) == (
        Kind.POST,
        "Harbour jackets: the zip that fails",
        "https://rain.example/zip",
    )
    assert story.url == "https://news.ycombinator.com/item?id=45000001"
    assert comment.text.startswith("Same here.\nSupport at Harbour didn't answer: https://x.example/1")
    assert (comment.kind, comment.parent, comment.author.handle) == (Kind.REPLY, "45000001", "ola")


def test_each_search_is_heard_and_what_two_find_is_one(site: HackerNewsWorld) -> None:
    site.world.say(site.mara, "Harbour and Fjord")
    site.world.say(site.mara, "The Fjord jacket")
    site.world.say(site.mara, "Something else")
    deliveries, cursor = round_of(site, {}, phrases="harbour\nfjord")
    assert [each.text for each in heard(deliveries)] == ["Harbour and Fjord", "The Fjord jacket"]
    again, _cursor = round_of(site, cursor, phrases="harbour\nfjord")
    assert heard(again) == []


def test_edits_and_deletions_are_noticed(site: HackerNewsWorld) -> None:
    first, second = site.says("one"), site.says("two")
    _deliveries, cursor = round_of(site, {})
    site.world.edit(first.number, "@harbour one, edited")
    site.world.delete(second.number)
    deliveries, _cursor = round_of(site, cursor)
    edited, gone = heard(deliveries)
    assert (edited.native_id, edited.text) == (str(item_id(first)), "@harbour one, edited")
    assert (gone.native_id, gone.deleted) == (str(item_id(second)), True)
    assert not any(b"two" in raw.body for delivery in deliveries for raw in delivery.raws)


def test_a_search_that_is_added_later_looks_back(site: HackerNewsWorld) -> None:
    site.world.say(site.mara, "The Fjord jacket")
    _deliveries, cursor = round_of(site, {})
    deliveries, _cursor = round_of(site, cursor, phrases="harbour\nfjord")
    assert [each.text for each in heard(deliveries)] == ["The Fjord jacket"]


def test_more_than_the_search_tells_is_a_gap(site: HackerNewsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_PAGE", 2)
    monkeypatch.setattr(listening, "_MOST_PAGES", 2)
    monkeypatch.setattr(listening.find, "__kwdefaults__", {"page": 0, "count": 2})
    site.speak(7)
    deliveries, _cursor = round_of(site, {})
    assert [each.text[-3:] for each in heard(deliveries)] == [" 3.", " 4.", " 5.", " 6."]
    (gap,) = [gap for delivery in deliveries for gap in delivery.gaps]
    assert "harbour" in gap.reason


def test_on_a_bad_day_everything_is_heard_once() -> None:
    with HackerNewsWorld(Faults(FaultRates(errors=0.2, lost_answers=0.1))) as site:
        site.speak(30)
        cursor: Cursor = {}
        found: dict[str, str] = {}
        for _ in range(60):
            try:
                for delivery in one_round(site, cursor):
                    cursor = delivery.cursor
                    for each in heard([delivery]):
                        assert found.setdefault(each.native_id, each.text) == each.text
            except Retry:
                continue
            if len(found) == 30:
                break
    assert len(found) == 30


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<html>", kind="text/html"),
        Answer(b'{"hits": [{"obj', kind="application/json"),
        Answer(b""),
        Answer({}, 502),
    ],
)
def test_what_is_no_answer_is_tried_again(
    site: HackerNewsWorld, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    site.speak(1)
    monkeypatch.setattr(site.twin, "before", lambda _request: answer)
    with pytest.raises(Retry):
        round_of(site, {})


def test_check_shows_what_each_search_finds(site: HackerNewsWorld) -> None:
    said = site.speak(4)
    lines = CONNECTOR.check(settings={**site.settings, "phrases": "harbour\nnobody says this"})
    assert [line.passed for line in lines] == [True, True]
    assert [each.native_id for each in lines[0].heard] == said[:0:-1]
    assert lines[1].heard == ()
