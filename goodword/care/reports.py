"""The first report: how solved, how covered; how fast is in speed.py. Measures are in measures.py; here they get their
numbers.

An episode belongs to the period in which it ended (satisfaction, resolution) or began (first response); a mention to
the one in which it was said. Times are wall time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from django.db import connection
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from goodword.care.closing import was_asked
from goodword.care.measures import Coverage, Satisfaction, overlap_seconds, satisfaction
from goodword.care.models import Case, Episode, Resolution
from goodword.kernel.clock import current_time
from goodword.listen.models import Disposition, Gap, Mention
from goodword.staff.models import Workspace

_WEEK = timedelta(days=7)
MOST_IGNORED = 100  # listed by name; the rest is a number


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

    def weeks(self) -> list[datetime]:
        """When the weeks of the period begin, from its own beginning on."""
        begins = [self.since]
        while begins[-1] + _WEEK < self.until:
            begins.append(begins[-1] + _WEEK)
        return begins


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

    @property
    def waiting(self) -> int:
        """Messages that got no answer; of one customer there can be several."""
        return self.coverage.needed - self.coverage.answered


@dataclass(frozen=True, slots=True)
class SatisfactionReport:
    """CSAT with the resolution and with the person, apart."""

    solved: Satisfaction
    person: Satisfaction


def satisfaction_report(scope: Scope) -> SatisfactionReport:
    """Answers to the surveys of episodes that were resolved in the period.

    Asked is who got the question; who had their word on it without being asked counts as asked.
    """
    resolved = scope.episodes().filter(resolved_at__gte=scope.since, resolved_at__lt=scope.until)
    was_asked_or_spoke = ~Q(resolution="") & (Q(was_asked()) | ~Q(resolution=Resolution.PROPOSED))
    answers = (
        resolved.annotate(asked=ExpressionWrapper(was_asked_or_spoke, BooleanField()))
        .values_list("asked", "rating__solved", "rating__person")
        .annotate(episodes=Count("pk"))
    )
    counted = list(answers)
    asked = sum(n for is_asked, _solved, _person, n in counted if is_asked)
    return SatisfactionReport(
        solved=satisfaction(chain.from_iterable([solved] * n for _, solved, _person, n in counted), asked=asked),
        person=satisfaction(chain.from_iterable([person] * n for _, _solved, person, n in counted), asked=asked),
    )


def coverage_report(scope: Scope) -> CoverageReport:
    """Mentions that needed an answer, and whether one came that the customer can see."""
    with connection.cursor() as cursor:
        cursor.execute(
            _COVERAGE,
            {
                "workspace": scope.workspace.pk,
                "since": scope.since,
                "until": scope.until,
                "channel": scope.channel,
                "team": scope.team_id,
                "most": MOST_IGNORED,
            },
        )
        rows = cursor.fetchall()
    needed, unanswered, ignored = rows[0][2:] if rows else (0, 0, 0)
    named = _names({case_id: since for case_id, since, *_ in rows if since is not None})
    outside = _answered_outside(scope)
    coverage = Coverage(int(needed) - int(unanswered) + outside, int(needed) + outside)
    return CoverageReport(coverage, named, ignored - len(named), gap_hours(scope))


# By case: what the customer said in the period and needed an answer, and what of it came after our last one. What was
# added to an answer, and then found solved by whoever said it, waits for nothing: mostly it is a thank-you.
_COVERAGE = """
WITH said AS (
    SELECT m.case_id, m.at, e.resolution = 'confirmed' AS confirmed
    FROM care_message m JOIN care_case c ON c.id = m.case_id JOIN care_episode e ON e.id = m.episode_id
         LEFT JOIN listen_mention h ON h.id = m.mention_id
    WHERE m.workspace_id = %(workspace)s AND m.kind = 'inbound' AND m.at >= %(since)s AND m.at < %(until)s
      AND (m.mention_id IS NULL OR h.disposition = 'case')
      AND (%(channel)s = '' OR c.channel = %(channel)s) AND (%(team)s::bigint IS NULL OR c.team_id = %(team)s)
), answered AS (
    SELECT case_id, max(at) AS at FROM care_message
    WHERE workspace_id = %(workspace)s AND case_id IN (SELECT case_id FROM said) AND at >= %(since)s
      AND kind = 'reply' AND NOT automatic AND delivery IN ('sent', 'delivered', 'read')
    GROUP BY case_id
), compared AS (
    SELECT said.case_id, said.at, answered.at IS NULL OR (answered.at < said.at AND NOT confirmed) AS waits
    FROM said LEFT JOIN answered USING (case_id)
), by_case AS (
    SELECT case_id, count(*) AS needed, count(*) FILTER (WHERE waits) AS waiting, min(at) FILTER (WHERE waits) AS since
    FROM compared GROUP BY case_id
)
SELECT case_id, since, sum(needed) OVER (), sum(waiting) OVER (), count(since) OVER () FROM by_case
ORDER BY since, case_id LIMIT %(most)s
"""


def _answered_outside(scope: Scope) -> int:
    """Mentions that were answered without becoming part of a case; they belong to no team."""
    if scope.team_id is not None:
        return 0
    mentions = Mention.objects.of(scope.workspace).filter(
        disposition=Disposition.ANSWERED, at__gte=scope.since, at__lt=scope.until
    )
    return (mentions.filter(channel=scope.channel) if scope.channel else mentions).count()


def _names(waiting: dict[int, datetime]) -> list[Ignored]:
    """Who they are, in the order given."""
    cases = Case.objects.select_related("identity__person").in_bulk(list(waiting))
    return [
        Ignored(
            cases[pk].identity.customer_name,
            cases[pk].number,
            waiting[pk],
        )
        for pk in waiting
    ]


def gap_hours(scope: Scope) -> float:
    """Hours in which a source was not heard, within the period and until now; what came in after all is no gap."""
    so_far = min(scope.until, current_time())  # an open gap goes on, and not into the hours to come
    gaps = Gap.objects.of(scope.workspace).filter(filled_at=None, since__lt=scope.until)
    gaps = gaps.filter(Q(until=None) | Q(until__gt=scope.since))
    if scope.channel:
        gaps = gaps.filter(source__channel=scope.channel)
    by_source: dict[int, list[tuple[datetime, datetime | None]]] = {}
    for source_id, since, until in gaps.values_list("source_id", "since", "until"):
        by_source.setdefault(source_id, []).append((since, until))
    spans: Iterable[list[tuple[datetime, datetime | None]]] = by_source.values()
    return sum(overlap_seconds(each, since=scope.since, until=so_far) for each in spans) / 3600
