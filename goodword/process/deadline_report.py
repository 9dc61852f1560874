"""Share of deadlines met, by team and policy: met ÷ (met + missed) of the clocks that ended, with n.

What is open, and what is open and late, stand apart: they are neither yet. What was dropped is in no share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from goodword.care.measures import Interval, wilson
from goodword.care.reports import Scope
from goodword.process.words import name_of


@dataclass(frozen=True, slots=True)
class Kept:
    """How the clocks of a group ended in a period, and how many are open, of them late, at its end."""

    met: int = 0
    missed: int = 0
    dropped: int = 0
    open: int = 0
    late: int = 0

    @property
    def n(self) -> int:
        """Those that the share is of."""
        return self.met + self.missed

    @property
    def share(self) -> float | None:
        """None if none ended."""
        return self.met / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's, 95 %; None if none ended."""
        return wilson(self.met, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class Line:
    """A policy, what it times, and for which team (empty: none)."""

    policy: str
    timed: str
    team: str
    kept: Kept

    @property
    def name(self) -> str:
        """What is timed, in words."""
        return name_of(self.timed)


@dataclass(frozen=True, slots=True)
class DeadlineReport:
    """The whole, and its parts: worst share first."""

    whole: Kept
    lines: Sequence[Line]


def deadline_report(scope: Scope, *, now: datetime) -> DeadlineReport:
    """Clocks that ended in the period; those that are open are counted as they stand now. In one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _KEPT,
            {
                "workspace": scope.workspace.pk,
                "since": scope.since,
                "until": scope.until,
                "now": now,
                "channel": scope.channel,
                "team": scope.team_id,
            },
        )
        rows = cursor.fetchall()
    lines = [Line(policy, timed, team or "", Kept(*counts)) for policy, timed, team, *counts in rows]
    lines = [line for line in lines if line.kept != Kept()]
    lines.sort(key=lambda line: (line.kept.share is None, line.kept.share, -line.kept.n, line.policy, line.timed))
    totals = [sum(column) for column in zip(*(row[3:] for row in rows), strict=True)]
    return DeadlineReport(Kept(*totals) if totals else Kept(), lines)


_KEPT = """
SELECT k.policy_name, k.timed, t.name,
       count(*) FILTER (WHERE k.outcome = 'met' AND k.ended_at >= %(since)s AND k.ended_at < %(until)s),
       count(*) FILTER (WHERE k.outcome = 'missed' AND k.ended_at >= %(since)s AND k.ended_at < %(until)s),
       count(*) FILTER (WHERE k.outcome = 'dropped' AND k.ended_at >= %(since)s AND k.ended_at < %(until)s),
       count(*) FILTER (WHERE k.ended_at IS NULL),
       count(*) FILTER (WHERE k.ended_at IS NULL AND (k.breached_at IS NOT NULL OR k.due_at < %(now)s))
FROM process_clock k JOIN care_case c ON c.id = k.case_id LEFT JOIN staff_team t ON t.id = c.team_id
WHERE k.workspace_id = %(workspace)s
  AND (k.ended_at IS NULL OR k.ended_at >= %(since)s AND k.ended_at < %(until)s)
  AND (%(channel)s = '' OR c.channel = %(channel)s) AND (%(team)s::bigint IS NULL OR c.team_id = %(team)s)
GROUP BY k.policy_name, k.timed, t.name
"""


def as_rows(report: DeadlineReport) -> Iterator[list[str | int]]:
    """For a file of comma-separated values, with its heading."""
    yield [
        _("Policy"), _("Timed"), _("Team"), _("Met"), _("Missed"), _("Share met"), _("In truth from"), _("In truth to"),
        _("Open"), _("Open and late"), _("Dropped"),
    ]  # fmt: skip
    for line in report.lines:
        kept, interval = line.kept, line.kept.interval
        share = "" if kept.share is None else f"{kept.share:.4f}"
        low, high = (f"{interval.low:.4f}", f"{interval.high:.4f}") if interval else ("", "")
        named = [_not_a_formula(line.policy), line.name, _not_a_formula(line.team)]
        yield [*named, kept.met, kept.missed, share, low, high, kept.open, kept.late, kept.dropped]


def _not_a_formula(name: str) -> str:
    """A spreadsheet takes what begins like one for a formula."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@", "\t", "\r"} else name
