from __future__ import annotations

import pytest

from goodword.care.models import Episode, Rating
from goodword.care.rate import NoRating, rate_resolution
from goodword.care.reopen import reopen_case
from goodword.care.resolve import resolve_case
from tests.care.world import World, at, fresh

DAY = 24 * 60


def resolved(world: World) -> Episode:
    return resolve_case(case=world.case(), by=None, ask=False, now=at(0))


@pytest.mark.parametrize(("solved", "person"), [(5, 4), (None, 1), (2, None)])
def test_one_of_the_two_questions_is_enough(world: World, solved: int | None, person: int | None) -> None:
    episode = resolved(world)
    rate_resolution(episode=episode, solved=solved, person=person, comment=" ok ", way="link", now=at(1))
    rating = Rating.objects.get()
    assert (rating.solved, rating.person, rating.comment, rating.way) == (solved, person, "ok", Rating.Way.LINK)
    assert world.facts(episode.case) == ["ResolutionProposed", "ResolutionRated"]


@pytest.mark.parametrize(("solved", "person"), [(None, None), (0, None), (6, 3), (None, -1)])
def test_what_is_no_rating_is_refused(world: World, solved: int | None, person: int | None) -> None:
    with pytest.raises(NoRating):
        rate_resolution(episode=resolved(world), solved=solved, person=person, comment="words", way="link", now=at(1))
    assert not Rating.objects.exists()


def test_for_a_day_a_second_answer_changes_what_it_says_and_then_the_first_stands(world: World) -> None:
    episode = resolved(world)
    rate_resolution(episode=episode, solved=2, person=None, comment="slow", way="answer", now=at(0))
    rate_resolution(episode=episode, solved=None, person=5, comment="", way="link", now=at(DAY - 1))
    stands = rate_resolution(episode=episode, solved=5, person=1, comment="", way="link", now=at(DAY))
    rating = Rating.objects.get()
    assert rating == stands
    assert (rating.solved, rating.person, rating.comment, rating.at) == (2, 5, "slow", at(0))


def test_a_comment_of_any_length_is_taken(world: World) -> None:
    rate_resolution(episode=resolved(world), solved=1, person=None, comment="x" * 100_000, way="link", now=at(0))
    assert len(Rating.objects.get().comment) == 5_000


def test_while_the_case_is_worked_on_again_there_is_nothing_to_rate(world: World) -> None:
    episode = resolved(world)
    rate_resolution(episode=episode, solved=1, person=None, way="link", now=at(1))
    reopen_case(case=fresh(episode.case), by=None, now=at(2))
    with pytest.raises(NoRating, match="working on this again"):
        rate_resolution(episode=episode, solved=5, person=5, way="link", now=at(3))
    assert Rating.objects.get().solved == 1
