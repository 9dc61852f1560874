"""Whether the famous are answered sooner: first answers by how many follow whoever asked.

By the clock on the wall, for that is what the customer waits. Who has no known number of followers (mail, chat) is a
group of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from goodword.care.measures import Spread
from goodword.care.reports import Scope

BOUNDS = (1_000, 10_000, 100_000)  # followers; a group ends below each


@dataclass(frozen=True, slots=True)
class ReachGroup:
    """Of rounds that began in the period: how long the first answer took, and how many still have none."""

    name: str
    answered: Spread
    unanswered: int

    @property
    def n(self) -> int:
        """All of them."""
        return self.answered.count + self.unanswered


def waiting_by_reach(scope: Scope) -> list[ReachGroup]:
    """Groups in which somebody asked, fewest followers first. In one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WAITED,
            {
                "workspace": scope.workspace.pk,
                "since": scope.since,
                "until": scope.until,
                "channel": scope.channel,
                "team": scope.team_id,
                "bounds": list(BOUNDS),
            },
        )
        rows = cursor.fetchall()
    names = _names()
    return [
        ReachGroup(names[group], Spread(count, *(quantiles or (None, None))), unanswered)
        for group, count, quantiles, unanswered in rows
    ]


def _names() -> Sequence[str]:
    """By number of the group; 0 is where the number isn't known."""
    low, middle, high = (f"{bound:,}".replace(",", " ") for bound in BOUNDS)
    return (
        _("not known"),
        _("fewer than %(n)s") % {"n": low},
        _("%(from)s to %(to)s") % {"from": low, "to": middle},
        _("%(from)s to %(to)s") % {"from": middle, "to": high},
        _("%(n)s and more") % {"n": high},
    )


_WAITED = """
SELECT coalesce(width_bucket(i.followers, %(bounds)s::bigint[]) + 1, 0) AS reach,
       count(e.first_response_at),
       percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
           ORDER BY extract(epoch FROM e.first_response_at - e.opened_at)::float8
       ),
       count(*) FILTER (WHERE e.first_response_at IS NULL AND c.state IN ('open', 'snoozed'))
FROM care_episode e JOIN care_case c ON c.id = e.case_id JOIN people_identity i ON i.id = c.identity_id
WHERE e.workspace_id = %(workspace)s AND e.opened_at >= %(since)s AND e.opened_at < %(until)s
  AND c.merged_into_id IS NULL
  AND (%(channel)s = '' OR c.channel = %(channel)s) AND (%(team)s::bigint IS NULL OR c.team_id = %(team)s)
GROUP BY reach ORDER BY reach
"""
