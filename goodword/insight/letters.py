"""The weekly letter: what customers complained about, to those in the company who can do something about it.

Every figure comes with n and with words of customers, each linked to where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse

from goodword.care.models import Case
from goodword.care.private_data import masked
from goodword.learn.models import Improvement
from goodword.learn.models.improvement import Stage
from goodword.listen.models import Disposition, Mention
from goodword.staff.models import Workspace
from goodword.staff.week import Week
from goodword.triage.models import Area, Audience, Cause

QUOTED = 3  # words of customers for each cause
CAUSES = 8
LONGEST_QUOTE = 240  # characters
WEEKS_BACK = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a customer said, and where it stands."""

    words: str
    who: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Complained:
    """A cause in the week, and in the week before."""

    cause: Cause
    n: int
    before: int
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True)
class Letter:
    """What an audience reads of a week."""

    week: Week
    audience: Audience
    complaints: Sequence[Complained]
    cases: int  # of the week, whatever their cause
    with_cause: int
    decided: Sequence[Improvement]  # that the complaints decided on in the week
    late: Sequence[Improvement]
    praise: int
    praised: Sequence[Quote]
    loudest: Sequence[Quote]  # public words of those whom most people follow; for PR

    @property
    def n(self) -> int:
        """Complaints about what is theirs."""
        return sum(each.n for each in self.complaints)


def read_letter(workspace: Workspace, week: Week, audience: Audience) -> Letter:
    """One letter. Product, service and sales read of their areas; marketing of praise too, PR of what is loud too."""
    areas = Area.objects.of(workspace).filter(audiences__contains=[audience.value])
    cases = Case.objects.of(workspace).standing()
    this = cases.filter(opened_at__gte=week.since, opened_at__lt=week.until)
    last = cases.filter(opened_at__gte=week.since - 7 * _DAY, opened_at__lt=week.since)
    improvements = Improvement.objects.of(workspace).select_related("problem__cause__area", "owner")
    improvements = improvements.filter(problem__cause__area__in=areas)
    praised = Mention.objects.of(workspace).heard(since=week.since, until=week.until)
    praised = praised.filter(disposition=Disposition.PRAISE_KEPT)
    reads_praise, is_pr = audience in (Audience.MARKETING, Audience.SALES), audience is Audience.PR
    return Letter(
        week=week,
        audience=audience,
        complaints=_complaints(workspace, this.filter(cause__area__in=areas), last),
        cases=this.count(),
        with_cause=this.filter(cause__isnull=False).count(),
        decided=list(improvements.filter(judged_at__gte=week.since, judged_at__lt=week.until)),
        late=list(improvements.filter(stage__in=[Stage.PLANNED, Stage.BACK], due_on__lte=week.sunday)),
        praise=praised.count() if reads_praise else 0,
        praised=[_of_mention(workspace, each) for each in _widest(praised)] if reads_praise else [],
        loudest=_quotes(workspace, _loudest(this)) if is_pr else [],
    )


def _complaints(workspace: Workspace, this: QuerySet[Case], last: QuerySet[Case]) -> list[Complained]:
    by_cause: dict[int, list[Case]] = defaultdict(list)
    found = this.select_related("opening_mention", "identity__person").order_by("-risk", "-opened_at")
    for case in found:
        by_cause[case.cause_id or 0].append(case)
    frequent = sorted(by_cause, key=lambda pk: (-len(by_cause[pk]), pk))[:CAUSES]
    causes = Cause.objects.of(workspace).select_related("area").in_bulk(frequent)
    return [
        Complained(
            causes[pk],
            len(by_cause[pk]),
            last.filter(cause=pk).count(),
            _quotes(workspace, by_cause[pk][:QUOTED]),
        )
        for pk in frequent
    ]


def _loudest(cases: QuerySet[Case]) -> Sequence[Case]:
    public = cases.filter(opening_mention__private=False, identity__followers__isnull=False)
    found = public.select_related("opening_mention", "identity__person").order_by("-identity__followers", "pk")
    return list(found[: 2 * QUOTED])


def _widest(mentions: QuerySet[Mention]) -> Sequence[Mention]:
    found = mentions.select_related("identity__person")
    return list(found.order_by(F("identity__followers").desc(nulls_last=True), "-at")[:QUOTED])


def _quotes(workspace: Workspace, cases: Sequence[Case]) -> list[Quote]:
    return [
        Quote(
            _short(case.opening_mention.words if case.opening_mention else case.subject),
            case.identity.person.name or case.identity.display_name,
            case.opened_at,
            settings.PUBLIC_URL + reverse("care:case", args=[workspace.slug, case.number]),
        )
        for case in cases
    ]


def _of_mention(workspace: Workspace, mention: Mention) -> Quote:
    name = mention.identity.person.name or mention.identity.display_name
    kept = settings.PUBLIC_URL + reverse("web:mentions", args=[workspace.slug]) + "?disposition=praise_kept"
    return Quote(_short(mention.words), name, mention.at, kept)


def _short(words: str) -> str:
    plain = " ".join(masked(words).split())
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[: LONGEST_QUOTE - 1].rstrip()}…"
