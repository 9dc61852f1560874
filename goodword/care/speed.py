"""How fast: first responses and resolutions of a scope, also by week, channel and team, all in one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from goodword.care.measures import Spread
from goodword.care.reports import Scope

_NONE = Spread(0, None, None)


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """Times in seconds. In resolutions, the time in which we waited for the customer is left out."""

    first_response: Spread = _NONE
    unanswered: int = 0  # episodes begun in the period that still have no first response
    first_resolution: Spread = _NONE  # of cases whose first episode ended in the period
    final_resolution: Spread = _NONE  # of cases that stand resolved since then: all their episodes together


@dataclass(frozen=True, slots=True)
class SpeedReports:
    """The whole, and its parts; parts in which nothing happened are there too."""

    whole: SpeedReport
    weeks: Sequence[tuple[datetime, SpeedReport]]  # by their beginning; the last may be shorter
    channels: dict[str, SpeedReport]
    teams: dict[int, SpeedReport]

    def channel(self, name: str) -> SpeedReport:
        """Of one channel."""
        return self.channels.get(name, SpeedReport())

    def team(self, pk: int) -> SpeedReport:
        """Of one team."""
        return self.teams.get(pk, SpeedReport())


def speed_reports(scope: Scope) -> SpeedReports:
    """First response and resolution times."""
    begins = scope.weeks()
    found: dict[tuple[int, object], dict[str, tuple[Spread, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _SPEEDS,
            {
                "workspace": scope.workspace.pk,
                "since": scope.since,
                "until": scope.until,
                "channel": scope.channel,
                "team": scope.team_id,
                "weeks": begins,
            },
        )
        for measure, level, week, channel, team, count, quantiles, unanswered in cursor.fetchall():
            part = {_WEEK: week, _CHANNEL: channel, _TEAM: team}.get(level)
            median, p90 = quantiles or (None, None)
            found.setdefault((level, part), {})[measure] = (Spread(count, median, p90), unanswered)
    return SpeedReports(
        whole=_report(found.get((_WHOLE, None), {})),
        weeks=[(begin, _report(found.get((_WEEK, place), {}))) for place, begin in enumerate(begins, start=1)],
        channels={str(part): _report(each) for (level, part), each in found.items() if level == _CHANNEL},
        teams={
            part: _report(each) for (level, part), each in found.items() if level == _TEAM and isinstance(part, int)
        },
    )


def _report(measured: dict[str, tuple[Spread, int]]) -> SpeedReport:
    responses, unanswered = measured.get("first response", (_NONE, 0))
    first, _ = measured.get("first resolution", (_NONE, 0))
    final, _ = measured.get("final resolution", (_NONE, 0))
    return SpeedReport(responses, unanswered, first, final)


# What GROUPING says: a bit for each column that a row is not grouped by.
_WHOLE, _WEEK, _CHANNEL, _TEAM = 0b111, 0b011, 0b101, 0b110

# An episode counts as `Scope.episodes` says.
_SPEEDS = """
WITH scope AS NOT MATERIALIZED (
    SELECT e.case_id, e.number, e.opened_at, e.first_response_at, e.resolved_at, e.waited_seconds,
           c.channel, c.team_id, c.state
    FROM care_episode e JOIN care_case c ON c.id = e.case_id
    WHERE e.workspace_id = %(workspace)s AND (c.merged_into_id IS NULL OR e.resolved_at IS NOT NULL)
      AND (%(channel)s = '' OR c.channel = %(channel)s) AND (%(team)s::bigint IS NULL OR c.team_id = %(team)s)
), finally AS (
    SELECT case_id, resolved_at, channel, team_id FROM scope
    WHERE resolved_at >= %(since)s AND resolved_at < %(until)s AND state = 'resolved'
      AND NOT EXISTS (SELECT FROM care_episode next WHERE next.case_id = scope.case_id AND next.number > scope.number)
), taken AS (
    SELECT 'first response' AS measure, opened_at AS at, channel, team_id,
           extract(epoch FROM first_response_at - opened_at)::float8 AS seconds,
           first_response_at IS NULL AND state IN ('open', 'snoozed') AS unanswered
    FROM scope WHERE opened_at >= %(since)s AND opened_at < %(until)s
    UNION ALL
    SELECT 'first resolution', resolved_at, channel, team_id,
           greatest(0, extract(epoch FROM resolved_at - opened_at)::float8 - waited_seconds), false
    FROM scope WHERE resolved_at >= %(since)s AND resolved_at < %(until)s AND number = 1
    UNION ALL
    SELECT 'final resolution', f.resolved_at, f.channel, f.team_id,
           sum(greatest(0, extract(epoch FROM e.resolved_at - e.opened_at)::float8 - e.waited_seconds)), false
    FROM finally f JOIN care_episode e ON e.case_id = f.case_id AND e.resolved_at IS NOT NULL
    GROUP BY f.case_id, f.resolved_at, f.channel, f.team_id
), placed AS (
    SELECT *, width_bucket(at, %(weeks)s::timestamptz[]) AS week FROM taken
)
SELECT measure, GROUPING(week, channel, team_id), week, channel, team_id, count(seconds),
       percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY seconds), count(*) FILTER (WHERE unanswered)
FROM placed
GROUP BY GROUPING SETS ((measure), (measure, week), (measure, channel), (measure, team_id))
"""
