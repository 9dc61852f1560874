"""Who reported a problem, and whether they can be told in the channel they used that it is fixed. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from goodword.care.models import Case
from goodword.care.saved_replies import check_variables, fill_variables
from goodword.care.terms import NotAllowed, NoWords, Terms, TooLong, WindowClosed, terms_of_many
from goodword.learn.models import Improvement, ProblemCase, Told
from goodword.staff.models import Agent

# The same words to many in public read as spam, and networks treat them so. The next are told a day later.
MOST_IN_PUBLIC = 25  # a day and source
_A_DAY = timedelta(days=1)
APART = timedelta(days=3)  # between two such words to one person, whatever they are about


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody to tell, in the newest of their cases. `refused` says why they can't be told; empty if they can.
    `due_at` is when it is their turn, where everybody can read it; None: at once."""

    case: Case
    private: bool
    text: str
    refused: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """Everybody who reported it: who can be told, who can't and why, and how many were told."""

    reachable: Sequence[Reporter]
    refused: Sequence[Reporter]
    told: int

    @property
    def last_at(self) -> datetime | None:
        """When the last of those are told who have to wait for their turn; None if nobody has."""
        return max((each.due_at for each in self.reachable if each.due_at is not None), default=None)


def telling(improvement: Improvement, *, text: str, by: Agent, now: datetime) -> Telling:
    """Who would be told `text`, in which variables of saved replies may stand. Raises `UnknownVariable`."""
    check_variables(text)
    told_people = _told_people(improvement)
    cases = [case for case in _reporting_cases(improvement) if case.identity.person_id not in told_people]
    terms = terms_of_many(improvement.workspace_id, cases)
    lately = _told_lately(improvement, now)
    reporters = [_reporter(case, terms[case.pk], text, by, lately, now) for case in cases]
    return Telling(
        reachable=_in_turn([each for each in reporters if not each.refused], improvement.workspace_id, now),
        refused=[each for each in reporters if each.refused],
        told=len(told_people),
    )


def _in_turn(reachable: Iterable[Reporter], workspace_id: int, now: datetime) -> list[Reporter]:
    """With the day of each who is told in public, after those who wait for theirs already."""
    waiting = Told.objects.of(workspace_id).filter(due_at__gt=now - _A_DAY, refused="")
    places = Counter(dict(waiting.order_by().values_list("case__source").annotate(Count("pk"))))
    found = []
    for each in reachable:
        if each.private:
            found.append(each)
            continue
        source = each.case.source_id
        found.append(replace(each, due_at=now + places[source] // MOST_IN_PUBLIC * _A_DAY))
        places[source] += 1
    return found


def _reporting_cases(improvement: Improvement) -> list[Case]:
    """Of each person the newest case that tells of the problem, or the one it went into."""
    links = ProblemCase.objects.of(improvement.workspace_id).filter(problem=improvement.problem_id)
    cases = Case.objects.of(improvement.workspace_id).select_related(
        "identity__person", "source", "workspace", "merged_into__identity__person"
    )
    newest: dict[int, Case] = {}
    for case in cases.filter(pk__in=links.values("case")).order_by("last_message_at", "pk"):
        standing = case.merged_into or case
        newest[standing.identity.person_id] = standing
    return sorted(newest.values(), key=lambda case: case.pk)


def _told_people(improvement: Improvement) -> set[int]:
    told = Told.objects.of(improvement.workspace_id).filter(improvement=improvement, refused="")
    return set(told.values_list("case__identity__person_id", flat=True))


def _told_lately(improvement: Improvement, now: datetime) -> set[int]:
    told = Told.objects.of(improvement.workspace_id).filter(asked_at__gt=now - APART, refused="")
    return set(told.exclude(improvement=improvement).values_list("case__identity__person_id", flat=True))


def _reporter(case: Case, terms: Terms, text: str, by: Agent, lately: Container[int], now: datetime) -> Reporter:
    private = terms.becomes_private(terms.capabilities.can_reply_privately)
    words = fill_variables(text=text, case=case, agent=by)
    if case.identity.person_id in lately:
        return Reporter(case, private, words, _("They were told of something else in the last days."))
    try:
        terms.check(text=words, private=private, enclosures=(), now=now)
    except (NotAllowed, NoWords, TooLong, WindowClosed) as error:
        return Reporter(case, private, words, str(error))
    return Reporter(case, private, words)
