"""Explorations: asked of the worker, answered once, and done by hand where nobody answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goodword.language.searches import Post
from goodword.listen import explorations
from goodword.listen.explorations import KEPT_FOR, STILL_TRUE_FOR, answer_exploration, ask, forget_explorations
from goodword.listen.explore import Found, Voice, explore, voices_among
from goodword.listen.matchers import by_hand, by_kernel
from goodword.listen.models import Exploration, Mention, Sentiment
from tests.care.world import World
from tests.listen.heard import at

HOUR = 3600


@pytest.fixture
def world(db: None) -> World:
    made = World()
    for minute in range(90):
        made.case(f"My refund number {minute} is late" if minute % 3 else "Something else", when=minute)
    Mention.objects.filter(text__contains="refund").update(sentiment=Sentiment.NEGATIVE)
    return made


def look(world: World, text: str = "refund", **more: object) -> Found:
    span = {"since": at(0), "until": at(180), "step": HOUR} | more
    return explore(workspace_id=world.workspace.pk, text=text, hold=by_kernel, **span)  # type: ignore[arg-type]


def test_of_many_posts_the_copies_are_counted_in_all_of_them() -> None:
    boycott = "Boycott Acme now, they lost my luggage and never answered a single one of my mails"
    copies = [Post(text=f"@friend{n} {boycott}", id=n, author=f"u{n % 500}", followers=100) for n in range(1_000)]
    others = [Post(text=f"number{n} of word{n * 7} in saying{n * 3}", id=1_000 + n, author="x") for n in range(1_000)]
    mixed = [post for pair in zip(copies, others, strict=True) for post in pair]
    loudest = voices_among(mixed, 8)[0]
    assert (loudest.posts, loudest.reach, loudest.at_least) == (1_000, 50_000, True)
    assert voices_among(copies[:150], 8)[0] == Voice(mention_id=149, posts=150, reach=15_000)
    assert voices_among(copies[:150], 8, at_least=True)[0].at_least


def test_everything_is_counted_by_when_it_was_said_and_how_it_reads(world: World) -> None:
    found = look(world)
    assert (found.looked_at, found.total, found.people) == (90, 60, 60)
    assert [(bar.start, bar.total, bar.negative) for bar in found.bars] == [
        (at(0), 40, 40),
        (at(60), 20, 20),
        (at(120), 0, 0),
    ]
    everything = look(world, "")
    assert (everything.total, everything.bars[0].unread) == (90, 20)


def test_the_span_begins_and_ends_where_it_says(world: World) -> None:
    assert look(world, "", since=at(10), until=at(20)).total == 10


def test_the_newest_are_looked_at_and_it_says_how_far_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodword.listen.explore.MOST", 25)
    found = look(world, "")
    assert (found.looked_at, found.total, found.looked_back_to) == (25, 25, at(60))
    assert [bar.total for bar in found.bars] == [25, 0]


def test_by_hand_it_stops_when_the_time_is_over(world: World) -> None:
    found = look(world)
    assert not found.out_of_time
    stopped = explore(
        workspace_id=world.workspace.pk,
        text="refund",
        since=at(0),
        until=at(180),
        step=HOUR,
        hold=lambda search: by_hand(search, seconds=-1),
    )
    assert (stopped.out_of_time, stopped.looked_at, stopped.total) == (True, 0, 0)


def test_the_worker_answers_once_and_the_answer_is_given_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorations, "somebody_works", lambda: True)
    monkeypatch.setattr(explorations, "PATIENCE", 0)
    question = {"workspace": world.workspace, "text": "refund", "since": at(0), "until": at(180), "step": HOUR}
    early = ask(**question, now=at(180))  # type: ignore[arg-type]  # nobody has answered yet: done by hand
    assert early.total == 60
    exploration = Exploration.objects.get()
    answer_exploration(exploration_id=exploration.pk)
    Mention.objects.all().update(text="gone")
    assert ask(**question, now=at(180)) == early  # type: ignore[arg-type]  # the stored answer, as it was
    later = at(180) + STILL_TRUE_FOR + timedelta(seconds=1)
    assert ask(**question, now=later).total == 0  # type: ignore[arg-type]
    assert Exploration.objects.count() == 1  # asked again
    forget_explorations(now=later + KEPT_FOR + timedelta(seconds=1))
    assert not Exploration.objects.exists()


def test_without_a_worker_nobody_is_asked(world: World) -> None:
    found = ask(workspace=world.workspace, text="refund", since=at(0), until=at(180), step=HOUR, now=at(180))
    assert found.total == 60
    assert not Exploration.objects.exists()
