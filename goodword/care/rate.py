"""The customer rates: how well it was solved, and how the person was."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.decide import can_decide
from goodword.care.events import ResolutionRated
from goodword.care.lock import lock_standing
from goodword.care.models import Episode, Rating
from goodword.kernel import facts

CHANGEABLE = timedelta(hours=24)
LONGEST_COMMENT = 5_000  # characters; what goes beyond is cut


class NoRating(Exception):
    """Neither question was answered, an answer is not 1 to 5, or it isn't resolved any more."""


@transaction.atomic
def rate_resolution(
    *, episode: Episode, solved: int | None, person: int | None, comment: str = "", way: str, now: datetime
) -> Rating:
    """Keep the answer to an episode's one survey; 1–5 each, one of the two is enough.

    Within 24 hours a second answer changes the first, only in what it says; later the first stands, so that figures
    that were reported don't move. While the case is worked on again, there is nothing to rate.
    Returns the rating that stands. `way` is one of `Rating.Way`. Raises `NoRating`.
    """
    answers = [answer for answer in (solved, person) if answer is not None]
    if not answers or not all(1 <= answer <= 5 for answer in answers):
        raise NoRating(_("Choose one of the five answers to at least one of the questions."))
    lock_standing(episode.case)
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if not can_decide(episode):
        raise NoRating(_("We are working on this again. You will hear from us."))
    rating = Rating.objects.filter(episode=episode).first()
    if rating is None:
        rating = Rating(workspace_id=episode.workspace_id, episode=episode, at=now)
    elif not can_change(rating, now):
        return rating
    rating.solved = solved or rating.solved
    rating.person = person or rating.person
    rating.comment = comment.strip()[:LONGEST_COMMENT] or rating.comment
    rating.way = way
    rating.save()
    facts.record(
        ResolutionRated(
            workspace_id=episode.workspace_id,
            case_id=episode.case_id,
            episode=episode.number,
            solved=rating.solved,
            person=rating.person,
        ),
        now=now,
    )
    return rating


def can_change(rating: Rating, now: datetime) -> bool:
    """Whether another answer would still count."""
    return now < rating.at + CHANGEABLE
