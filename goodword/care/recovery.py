"""What make-goods achieved: those we recovered after a failure beside those whom we never failed, each with its n.

The paradox of service recovery is contested (de Matos 2007; Maxham & Netemeyer 2002): it is measured, never claimed.
Never failed is who had a case resolved and none disputed, reopened or made good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from goodword.care.measures import Interval, Satisfaction, wilson
from goodword.care.models import MakeGoodState
from goodword.staff.models import Workspace

BACK_WITHIN: Final = timedelta(days=90)
FEWEST: Final = 10


@dataclass(frozen=True, slots=True)
class Group:
    """People: how satisfied they were afterwards, and how many spoke with us again within ninety days."""

    people: int
    satisfied: Satisfaction
    came_back: int

    @property
    def share_back(self) -> float | None:
        """None of too few."""
        return self.came_back / self.people if self.people >= FEWEST else None

    @property
    def interval_back(self) -> Interval | None:
        """Wilson's, 95 %."""
        return wilson(self.came_back, self.people) if self.people >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Recovery:
    """The two groups."""

    recovered: Group
    never_failed: Group


def recovery(workspace: Workspace, *, since: datetime, until: datetime) -> Recovery:
    """People whose make-good was given, or whose first case was resolved, in `since` ≤ t < `until`."""
    given: dict[str, Any] = {
        "workspace": workspace.pk,
        "since": since,
        "until": until,
        "given": MakeGoodState.GIVEN.value,
        "back": BACK_WITHIN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, given)
        groups = {row[0]: Group(row[1], Satisfaction(row[3], row[2], row[2]), row[4]) for row in cursor.fetchall()}
    nobody = Group(0, Satisfaction(0, 0, 0), 0)
    return Recovery(groups.get(True, nobody), groups.get(False, nobody))


# By person: when they were recovered, or else first solved; the ratings of what was resolved from then on; and whether
# they spoke again a day later or more, within ninety days.
_GROUPS: Final = """
WITH recovered AS (
    SELECT i.person_id, min(g.given_at) AS at
    FROM care_makegood g JOIN care_case c ON c.id = g.case_id JOIN people_identity i ON i.id = c.identity_id
    WHERE g.workspace_id = %(workspace)s AND g.state = %(given)s
    GROUP BY i.person_id
), failed AS (
    SELECT i.person_id
    FROM care_episode e JOIN care_case c ON c.id = e.case_id JOIN people_identity i ON i.id = c.identity_id
    WHERE e.workspace_id = %(workspace)s AND (e.resolution = 'disputed' OR e.number > 1)
    UNION SELECT i.person_id
    FROM care_makegood g JOIN care_case c ON c.id = g.case_id JOIN people_identity i ON i.id = c.identity_id
    WHERE g.workspace_id = %(workspace)s
), solved AS (
    SELECT i.person_id, min(e.resolved_at) AS at
    FROM care_episode e JOIN care_case c ON c.id = e.case_id JOIN people_identity i ON i.id = c.identity_id
    WHERE e.workspace_id = %(workspace)s AND e.resolved_at IS NOT NULL
    GROUP BY i.person_id
), people AS (
    SELECT person_id, at, true AS was_recovered FROM recovered
    UNION ALL SELECT person_id, at, false FROM solved WHERE person_id NOT IN (SELECT person_id FROM failed)
), rated AS (
    SELECT p.person_id, count(r.solved) AS answers, count(r.solved) FILTER (WHERE r.solved >= 4) AS satisfied
    FROM people p JOIN people_identity i ON i.person_id = p.person_id JOIN care_case c ON c.identity_id = i.id
         JOIN care_episode e ON e.case_id = c.id AND e.resolved_at >= p.at JOIN care_rating r ON r.episode_id = e.id
    GROUP BY p.person_id
), back AS (
    SELECT DISTINCT p.person_id
    FROM people p JOIN people_identity i ON i.person_id = p.person_id JOIN listen_mention m ON m.identity_id = i.id
    WHERE m.workspace_id = %(workspace)s AND m.direction = 'in'
      AND m.at >= p.at + interval '1 day' AND m.at < p.at + %(back)s
)
SELECT was_recovered, count(*), coalesce(sum(answers), 0)::int, coalesce(sum(satisfied), 0)::int, count(back.person_id)
FROM people LEFT JOIN rated USING (person_id) LEFT JOIN back USING (person_id)
WHERE at >= %(since)s AND at < %(until)s
GROUP BY was_recovered
"""
