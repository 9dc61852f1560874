from __future__ import annotations

import pytest

from goodword.care.models import Rating
from goodword.care.rate import NoRating, rate_resolution
from tests.care.world import World, at, current_episode

DAY = 24 * 60


@pytest.mark.parametrize(("solved", "person"), [(5, 4), (None, 1), (2, None)])
def test_one_of_the_two_questions_is_enough(world: World, solved: int | None, person: int | None) -> None:
    case = world.case()
    rate_resolution(episode=current_episode(case), solved=solved, person=person, comment=" ok ", way="link", now=at(1))
    rating = Rating.objects.get()
    assert (rating.solved, rating.person, rating.comment, rating.way) == (solved, person, "ok", Rating.Way.LINK)
    assert world.facts(case) == ["ResolutionRated"]


@pytest.mark.parametrize(("solved", "person"), [(None, None), (0, None), (6, 3), (None, -1)])
def test_what_is_no_rating_is_refused(world: World, solved: int | None, person: int | None) -> None:
    with pytest.raises(NoRating):
        rate_resolution(
            episode=current_episode(world.case()), solved=solved, person=person, comment="words", way="link", now=at(1)
        )
    assert not Rating.objects.exists()


def test_for_a_day_a_second_answer_changes_what_it_says_and_then_the_first_stands(world: World) -> None:
    episode = current_episode(world.case())
    rate_resolution(episode=episode, solved=2, person=None, comment="slow", way="answer", now=at(0))
    rate_resolution(episode=episode, solved=None, person=5, comment="", way="link", now=at(DAY - 1))
    stands = rate_resolution(episode=episode, solved=5, person=1, comment="", way="link", now=at(DAY))
    rating = Rating.objects.get()
    assert rating == stands
    assert (rating.solved, rating.person, rating.comment, rating.at) == (2, 5, "slow", at(0))


def test_a_comment_of_any_length_is_taken(world: World) -> None:
    rate_resolution(
        episode=current_episode(world.case()), solved=1, person=None, comment="x" * 100_000, way="link", now=at(0)
    )
    assert len(Rating.objects.get().comment) == 5_000
