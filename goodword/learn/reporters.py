"""Who reported a problem, and whether they can be told in the channel they used that it is fixed. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from goodword.care.models import Case
from goodword.care.saved_replies import check_variables, fill_variables
from goodword.care.terms import NotAllowed, NoWords, TooLong, WindowClosed, terms_of
from goodword.learn.models import Improvement, ProblemCase, Told
from goodword.staff.models import Agent

MOST = 500  # at a time; the rest is told by doing it again
# The same words to many in public read as spam, and networks treat them so.
MOST_IN_PUBLIC = 25
APART = timedelta(days=3)  # between two such words to one person, whatever they are about


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody to tell, in the newest of their cases. `refused` says why they can't be told; empty if they can."""

    case: Case
    private: bool
    text: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """Everybody who reported it: who can be told, who can't and why, how many were told, and how many come after."""

    reachable: Sequence[Reporter]
    refused: Sequence[Reporter]
    told: int
    more: int


def telling(improvement: Improvement, *, text: str, by: Agent, now: datetime) -> Telling:
    """Who would be told `text`, in which variables of saved replies may stand. Raises `UnknownVariable`."""
    check_variables(text)
    told_people = _told_people(improvement)
    cases = [case for case in _reporting_cases(improvement) if case.identity.person_id not in told_people]
    lately = _told_lately(improvement, now)
    public: Counter[int] = Counter()
    reporters = [_reporter(case, text, by, lately, public, now) for case in cases[:MOST]]
    return Telling(
        reachable=[each for each in reporters if not each.refused],
        refused=[each for each in reporters if each.refused],
        told=len(told_people),
        more=max(0, len(cases) - MOST),
    )


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


def _reporter(case: Case, text: str, by: Agent, lately: Iterable[int], public: Counter[int], now: datetime) -> Reporter:
    terms = terms_of(case)
    private = terms.becomes_private(terms.capabilities.can_reply_privately)
    words = fill_variables(text=text, case=case, agent=by)
    if case.identity.person_id in lately:
        return Reporter(case, private, words, _("They were told of something else in the last days."))
    try:
        terms.check(text=words, private=private, enclosures=(), now=now)
    except (NotAllowed, NoWords, TooLong, WindowClosed) as error:
        return Reporter(case, private, words, str(error))
    if not private:
        public[terms.source.pk] += 1
        if public[terms.source.pk] > MOST_IN_PUBLIC:
            return Reporter(case, private, words, _("The same words to so many in public would read as spam."))
    return Reporter(case, private, words)
