"""What a customer went through with us, in few lines for beside a case; `person_timeline` has every word of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from goodword.care.models import Case, Episode, Rating, Resolution
from goodword.listen.models import Mention
from goodword.people.models import Person


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the journey. `number` is the case to go to."""

    at: datetime
    icon: str
    text: str
    number: int


def first_heard(person: Person) -> datetime:
    """When they first wrote, as far as we heard; who never did is met since they are known."""
    theirs = Mention.objects.of(person.workspace_id).filter(identity__in=person.identities.all())
    at: datetime | None = theirs.aggregate(first=Min("at"))["first"]
    return at or person.created_at


def journey(person: Person, *, limit: int) -> list[Moment]:
    """The last `limit` moments."""
    mine = {"workspace_id": person.workspace_id, "case__identity__person": person}
    episodes = Episode.objects.filter(**mine).select_related("case").order_by("-opened_at")[:limit]
    rated = (
        Rating.objects.filter(workspace_id=person.workspace_id, episode__case__identity__person=person)
        .select_related("episode__case")
        .order_by("-at")[:limit]
    )
    moments = [moment for episode in episodes for moment in _of_episode(episode)]
    moments += [
        Moment(
            rating.at, "star", _("Rated support %(n)d of 5") % {"n": rating.solved or rating.person}, _number(rating)
        )
        for rating in rated
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)[:limit]


def _of_episode(episode: Episode) -> list[Moment]:
    case = episode.case
    again = episode.number > 1
    said = _("Came back: “%(subject)s”") if again else _("Wrote: “%(subject)s”")
    moments = [Moment(episode.opened_at, "message-square", said % {"subject": case.subject}, case.number)]
    if episode.resolved_at:
        moments.append(
            Moment(episode.resolved_at, "check", _("We resolved case %(n)d") % {"n": case.number}, case.number)
        )
    if episode.decided_at and episode.resolution == Resolution.CONFIRMED:
        moments.append(Moment(episode.decided_at, "thumbs-up", _("Said it is solved"), case.number))
    if episode.decided_at and episode.resolution == Resolution.DISPUTED:
        moments.append(Moment(episode.decided_at, "thumbs-down", _("Said it is not solved"), case.number))
    return moments


def _number(rating: Rating) -> int:
    return rating.episode.case.number


def earlier_cases(case: Case, *, limit: int) -> list[Case]:
    """Other cases of the same person, newest first."""
    cases = Case.objects.of(case.workspace_id).standing().filter(identity__person_id=case.identity.person_id)
    return list(cases.exclude(pk=case.pk).order_by("-opened_at")[:limit])
