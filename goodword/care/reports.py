"""The first report: how solved, how covered, how fast. Measures are in measures.py; here they get their numbers.

An episode belongs to the period in which it ended (satisfaction, resolution) or began (first response); a mention to
the one in which it was said. Times are wall time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from goodword.care.closing import was_asked
from goodword.care.measures import Coverage, Satisfaction, Spread, overlap_seconds, satisfaction, spread
from goodword.care.models import Case, Delivery, Episode, Message, MessageKind, Rating, Resolution, State
from goodword.listen.models import Disposition, Gap, Mention, Source
from goodword.staff.models import Team, Workspace

_WEEK = timedelta(days=7)
MOST_IGNORED = 100  # listed by name; the rest is a number
_SEEN_BY_CUSTOMER = Q(kind=MessageKind.REPLY, automatic=False) & Q(
    delivery__in=[Delivery.SENT, Delivery.DELIVERED, Delivery.READ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a report is about: `since` ≤ t < `until`, of one channel or team if one is named."""

    workspace: Workspace
    since: datetime
    until: datetime
    channel: str = ""
    team_id: int | None = None

    def episodes(self) -> QuerySet[Episode]:
        """Episodes of the scope, whenever they were. What was merged away counts as long as it was resolved."""
        episodes = Episode.objects.of(self.workspace).filter(Q(case__merged_into=None) | Q(resolved_at__isnull=False))
        if self.channel:
            episodes = episodes.filter(case__channel=self.channel)
        if self.team_id is not None:
            episodes = episodes.filter(case__team=self.team_id)
        return episodes

    def by_channel(self) -> list[tuple[str, Scope]]:
        """The same period for each channel there is."""
        channels = Source.objects.of(self.workspace).values_list("channel", flat=True).distinct().order_by("channel")
        return [(channel, replace(self, channel=channel)) for channel in channels]

    def by_team(self) -> list[tuple[str, Scope]]:
        """The same period for each team there is."""
        return [
            (team.name, replace(self, team_id=team.pk)) for team in Team.objects.of(self.workspace).order_by("name")
        ]

    def by_week(self) -> list[tuple[datetime, Scope]]:
        """The weeks of the period, from its beginning on; the last may be shorter."""
        begins = [self.since]
        while begins[-1] + _WEEK < self.until:
            begins.append(begins[-1] + _WEEK)
        return [(since, replace(self, since=since, until=min(since + _WEEK, self.until))) for since in begins]


class Ignored(NamedTuple):
    """Somebody who needed an answer and got none."""

    name: str
    case_number: int
    since: datetime


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """Reply coverage, who was ignored (the longest first, up to `MOST_IGNORED`), and when we did not hear."""

    coverage: Coverage
    ignored: Sequence[Ignored]
    ignored_more: int
    gap_hours: float  # over all sources, each counted by itself


@dataclass(frozen=True, slots=True)
class SatisfactionReport:
    """CSAT with the resolution and with the person, apart."""

    solved: Satisfaction
    person: Satisfaction


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """Times in seconds. In resolutions, the time in which we waited for the customer is left out."""

    first_response: Spread
    unanswered: int  # episodes begun in the period that still have no first response
    first_resolution: Spread  # of cases whose first episode ended in the period
    final_resolution: Spread  # of cases that stand resolved since a moment in the period: all their episodes together


def satisfaction_report(scope: Scope) -> SatisfactionReport:
    """Answers to the surveys of episodes that were resolved in the period.

    Asked is who got the question; who had their word on it without being asked counts as asked.
    """
    resolved = scope.episodes().filter(resolved_at__gte=scope.since, resolved_at__lt=scope.until)
    asked = resolved.exclude(resolution="").filter(Q(was_asked()) | ~Q(resolution=Resolution.PROPOSED)).count()
    ratings = list(Rating.objects.filter(episode__in=resolved).values_list("solved", "person"))
    return SatisfactionReport(
        solved=satisfaction((solved for solved, _person in ratings), asked=asked),
        person=satisfaction((person for _solved, person in ratings), asked=asked),
    )


def speed_report(scope: Scope) -> SpeedReport:
    """First response and resolution times."""
    begun = scope.episodes().filter(opened_at__gte=scope.since, opened_at__lt=scope.until)
    responses = begun.filter(first_response_at__isnull=False).values_list("opened_at", "first_response_at")
    ended = scope.episodes().filter(resolved_at__gte=scope.since, resolved_at__lt=scope.until)
    last = Episode.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    finally_ended = ended.filter(~Exists(last), case__state=State.RESOLVED).values("case")
    return SpeedReport(
        first_response=spread((answered - opened).total_seconds() for opened, answered in responses if answered),
        unanswered=begun.filter(first_response_at=None, case__state__in=[State.OPEN, State.SNOOZED]).count(),
        first_resolution=spread(_worked(ended.filter(number=1)).values()),
        final_resolution=spread(_worked(scope.episodes().filter(case__in=finally_ended)).values()),
    )


def _worked(episodes: QuerySet[Episode]) -> dict[int, float]:
    """Case → seconds of its episodes, less what we waited for the customer."""
    seconds: dict[int, float] = {}
    rows = episodes.filter(resolved_at__isnull=False).values_list(
        "case_id", "opened_at", "resolved_at", "waited_seconds"
    )
    for case_id, opened, resolved, waited in rows.iterator(chunk_size=5_000):
        took = max(0.0, (resolved - opened).total_seconds() - waited) if resolved else 0.0
        seconds[case_id] = seconds.get(case_id, 0.0) + took
    return seconds


def coverage_report(scope: Scope) -> CoverageReport:
    """Mentions that needed an answer, and whether one came that the customer can see."""
    said = Message.objects.of(scope.workspace).filter(
        Q(mention=None) | Q(mention__disposition=Disposition.CASE),
        kind=MessageKind.INBOUND,
        at__gte=scope.since,
        at__lt=scope.until,
    )
    if scope.channel:
        said = said.filter(case__channel=scope.channel)
    if scope.team_id is not None:
        said = said.filter(case__team=scope.team_id)
    last_reply = dict(
        Message.objects.of(scope.workspace)
        .filter(_SEEN_BY_CUSTOMER, at__gte=scope.since, case__in=said.values("case"))
        .values_list("case")
        .annotate(last=Max("at"))
    )
    needed = 0
    waiting: dict[int, list[datetime]] = {}
    for case_id, at in said.order_by("at").values_list("case_id", "at").iterator(chunk_size=5_000):
        needed += 1
        if case_id not in last_reply or last_reply[case_id] < at:
            waiting.setdefault(case_id, []).append(at)
    outside = _answered_outside(scope)
    unanswered = sum(len(times) for times in waiting.values())
    coverage = Coverage(needed - unanswered + outside, needed + outside)
    named = _names({case_id: times[0] for case_id, times in waiting.items()})
    return CoverageReport(coverage, named, len(waiting) - len(named), _gap_hours(scope))


def _answered_outside(scope: Scope) -> int:
    """Mentions that were answered without becoming part of a case; they belong to no team."""
    if scope.team_id is not None:
        return 0
    mentions = Mention.objects.of(scope.workspace).filter(
        disposition=Disposition.ANSWERED, at__gte=scope.since, at__lt=scope.until
    )
    return (mentions.filter(channel=scope.channel) if scope.channel else mentions).count()


def _names(waiting: dict[int, datetime]) -> list[Ignored]:
    longest = sorted(waiting, key=lambda case_id: waiting[case_id])[:MOST_IGNORED]
    cases = Case.objects.select_related("identity__person").in_bulk(longest)
    return [
        Ignored(
            cases[pk].identity.person.name or cases[pk].identity.display_name,
            cases[pk].number,
            waiting[pk],
        )
        for pk in longest
    ]


def _gap_hours(scope: Scope) -> float:
    """Hours in which a source was not heard, within the period; what came in after all is not a gap any more."""
    gaps = Gap.objects.of(scope.workspace).filter(filled_at=None, since__lt=scope.until)
    gaps = gaps.filter(Q(until=None) | Q(until__gt=scope.since))
    if scope.channel:
        gaps = gaps.filter(source__channel=scope.channel)
    by_source: dict[int, list[tuple[datetime, datetime | None]]] = {}
    for source_id, since, until in gaps.values_list("source_id", "since", "until"):
        by_source.setdefault(source_id, []).append((since, until))
    spans: Iterable[list[tuple[datetime, datetime | None]]] = by_source.values()
    return sum(overlap_seconds(each, since=scope.since, until=scope.until) for each in spans) / 3600
