from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from goodword.care.models import Delivery, Message, State
from goodword.care.saved_replies import UnknownVariable
from goodword.care.send import send_due
from goodword.care.terms import NoWords
from goodword.honesty.models import SentOver
from goodword.honesty.send_over import HeldBack
from goodword.learn import reporters
from goodword.learn.improve import put_in_place
from goodword.learn.models import Improvement, Told
from goodword.learn.models.improvement import Stage
from goodword.learn.reporters import telling
from goodword.learn.save_problem import link_cases
from goodword.learn.tell import TooEarly, send_told, tell_reporters
from goodword.listen.models import Mention
from goodword.people.merge import merge_people
from goodword.process.approvals import hold_case
from tests.care.postbox import open_postbox, posts, set_mood
from tests.care.world import World, at, fresh
from tests.learn.world import Learning

NOW = at(100)
DAY = timedelta(days=1)
WORDS = "Hello {{customer.first_name}}, it is fixed."
BLAME = "You should have read the terms."
PHONE = "020 7946 0018"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "posts"


@pytest.fixture
def told(path: Path, db: None) -> Learning:
    """Two customers reported it, and it is in place."""
    learning = Learning(World())
    learning.world.source = open_postbox(learning.world, path)
    cases = [learning.world.case(state=State.RESOLVED, resolved_at=at(5)) for _ in range(2)]
    link_cases(problem=learning.problem, add=cases, by=None, now=at(1))
    put_in_place(improvement=learning.improvement, at=at(50), by=learning.ana, now=at(60))
    learning.improvement.refresh_from_db()
    return learning


def tell(learning: Learning, *, text: str = WORDS, over: str = "", when: float = 100) -> int:
    return tell_reporters(improvement=learning.improvement, by=learning.ana, text=text, over=over, now=at(when))


def test_everybody_who_reported_it_is_told_once_where_they_did(told: Learning, path: Path) -> None:
    assert [tell(told), tell(told)] == [2, 0]
    assert [send_told(limit=10, now=NOW) for _ in range(2)] == [2, 0]
    send_due(now=NOW + timedelta(minutes=1), limit=10)
    assert [post["text"] for post in posts(path)] == ["Hello there, it is fixed."] * 2
    assert {post["private"] for post in posts(path)} == {True}
    replies = Message.objects.filter(kind="reply")
    assert {(message.automatic, message.purpose) for message in replies} == {(True, "notice")}
    # Being told reopens nothing, and is no answer that counts as one.
    assert {fresh(message.case).state for message in replies} == {State.RESOLVED}
    assert Told.objects.filter(settled_at=NOW, message__isnull=False).count() == 2


def test_a_preview_sends_nothing(told: Learning) -> None:
    shown = telling(told.improvement, text=WORDS, by=told.ana, now=NOW)
    assert [each.text for each in shown.reachable] == ["Hello there, it is fixed."] * 2
    assert (shown.refused, shown.told, Told.objects.count()) == ([], 0, 0)


def test_a_person_with_two_cases_is_told_in_the_newer_one(told: Learning) -> None:
    older, newer = [link.case for link in told.problem.links.order_by("case")]
    merge_people(
        kept=older.identity.person, absorbed=newer.identity.person, evidence="Same order", by=told.ana, now=NOW
    )
    told.world.inbound(newer, when=90)
    assert tell(told) == 1
    assert Told.objects.get().case == newer


def test_a_closed_window_is_listed_and_not_forced(told: Learning) -> None:
    set_mood(told.world.source, window_minutes=30)
    shown = telling(told.improvement, text=WORDS, by=told.ana, now=NOW)
    assert (len(shown.reachable), len(shown.refused)) == (0, 2)
    assert "wait for the customer" in shown.refused[0].refused
    assert tell(told) == 0


def test_in_public_so_many_are_told_a_day_until_all_are(told: Learning, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporters, "MOST_IN_PUBLIC", 2)
    set_mood(told.world.source, can_reply_privately=False)
    cases = [told.world.case(state=State.RESOLVED, resolved_at=at(5)) for _ in range(3)]
    link_cases(problem=told.problem, add=cases[:2], by=None, now=at(1))
    shown = telling(told.improvement, text=WORDS, by=told.ana, now=NOW)
    assert (len(shown.reachable), shown.refused, shown.last_at) == (4, [], NOW + DAY)
    assert tell(told) == 4
    link_cases(problem=told.problem, add=cases[2:], by=None, now=at(1))
    assert tell(told) == 1  # after those who wait already
    assert [send_told(limit=10, now=NOW + days * DAY) for days in (0, 0, 0.9, 1, 2, 3)] == [2, 0, 0, 2, 1, 0]
    assert Message.objects.filter(kind="reply").values("case").distinct().count() == 5


def test_nobody_is_told_at_their_turn_of_what_came_back_meanwhile(told: Learning) -> None:
    assert tell(told) == 2
    Improvement.objects.update(stage=Stage.BACK)
    send_told(limit=10, now=NOW)
    assert {each.refused for each in Told.objects.all()} == {"It is not in place any more."}
    assert not Message.objects.filter(kind="reply").exists()


def test_many_are_looked_at_in_as_few_queries_as_two(told: Learning, django_assert_max_num_queries: Any) -> None:
    cases = [told.world.case(state=State.RESOLVED, resolved_at=at(5)) for _ in range(20)]
    link_cases(problem=told.problem, add=cases, by=None, now=at(1))
    with django_assert_max_num_queries(5):
        shown = telling(told.improvement, text=WORDS, by=told.ana, now=NOW)
    assert len(shown.reachable) == 22


def test_who_was_told_of_something_else_lately_is_left_in_peace(told: Learning) -> None:
    tell(told)
    other = told.improvement
    other.pk, other.stage, other.in_place_at = None, Stage.PLANNED, None
    other.save()
    put_in_place(improvement=other, at=at(50), by=told.ana, now=at(60))
    other.refresh_from_db()
    told.improvement = other
    assert tell(told) == 0
    assert tell(told, when=100 + 3 * 24 * 60 + 1) == 2


def test_what_can_not_go_out_any_more_is_kept_with_the_reason_and_may_be_tried_again(told: Learning) -> None:
    tell(told)
    set_mood(told.world.source, max_length=3)
    assert send_told(limit=10, now=NOW) == 2
    assert all("shorten" in each.refused for each in Told.objects.all())
    set_mood(told.world.source, max_length=None)
    assert tell(told, when=101) == 2
    assert Told.objects.count() == 2


def test_nobody_is_told_of_what_is_not_in_place(learning: Learning) -> None:
    with pytest.raises(TooEarly):
        tell(learning)


@pytest.mark.parametrize(("text", "error"), [("  ", NoWords), ("Hello {{customer.nmae}}", UnknownVariable)])
def test_words_that_can_not_be_filled_in_are_refused(told: Learning, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        tell(told, text=text)
    assert not Told.objects.exists()


def test_words_for_reporters_are_checked_as_replies_are(told: Learning, path: Path) -> None:
    with pytest.raises(HeldBack):
        tell(told, text=BLAME)
    assert not Told.objects.exists()
    assert tell(told, text=BLAME, over="They asked for it") == 2
    assert send_told(limit=10, now=NOW) == 2
    assert {(row.flag, row.reason) for row in SentOver.objects.all()} == {("blame", "They asked for it")}
    send_due(now=NOW + timedelta(minutes=1), limit=10)
    assert [post["text"] for post in posts(path)] == [BLAME] * 2


def test_what_speaks_against_them_in_one_case_alone_needs_more_than_a_reason_for_all(told: Learning) -> None:
    set_mood(told.world.source, can_reply_privately=False)
    tell(told, text=f"{BLAME} We wrote to {PHONE}.", over="They asked for it")
    first, _second = Told.objects.order_by("pk")
    inbound = told.world.inbound(first.case, f"Call me: {PHONE}", when=99)
    Mention.objects.filter(pk=inbound.mention_id).update(private=True)
    Told.objects.update(over={"reason": "They asked for it", "flags": ["blame"]})
    told.world.inbound(first.case, "Anybody?", when=99.5)
    send_told(limit=10, now=NOW)
    first.refresh_from_db()
    assert first.message is None
    assert "A customer's data" in first.refused


def test_in_a_case_whose_replies_are_held_they_wait_for_approval(told: Learning) -> None:
    link = told.problem.links.order_by("case").first()
    assert link is not None
    hold_case(case=link.case, why="Law", now=at(0))
    tell(told)
    send_told(limit=10, now=NOW)
    replies = Message.objects.filter(kind="reply").order_by("case")
    assert [message.delivery for message in replies] == [Delivery.HELD, Delivery.QUEUED]
