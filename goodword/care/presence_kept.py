"""Whether we were there as we had promised to everybody: how many answers came in time, on how many days, and whom of
those who praised us nobody thanked.

Times are by the wall clock: nights and weekends count, since the hours of a promise are words for people. Where a
calendar of `staff` is put beside a promise, `_WAITS` is the place for its working time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from goodword.care.measures import Interval, wilson
from goodword.listen.models import Disposition, Mention
from goodword.promises.models import PresencePromise
from goodword.staff.models import Workspace

FEWEST: Final = 10
"""Below so many, a share says nothing, and is not shown to anybody outside."""
MOST_FANS: Final = 50


@dataclass(frozen=True, slots=True)
class PresenceKept:
    """How we did on a channel: of `due` waits `in_time` were answered as promised; the days on which we answered."""

    promise: PresencePromise
    in_time: int
    due: int
    days_there: int
    days: int

    @property
    def share(self) -> float | None:
        """Answered in time, of those that were due; None while there are too few to say."""
        return self.in_time / self.due if self.due >= FEWEST else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's, 95 %."""
        return wilson(self.in_time, self.due) if self.due >= FEWEST else None

    @property
    def days_promised(self) -> int:
        """Of the days of the period, those on which we said we would be there at least."""
        return self.days * self.promise.days_a_week // 7

    @property
    def was_there(self) -> bool:
        """Whether it was at least as many days."""
        return self.days_there >= self.days_promised


class Fan(NamedTuple):
    """Somebody who praised us, and whom nobody answered."""

    name: str
    words: str
    at: datetime
    mention_id: int


def presence_kept(workspace: Workspace, *, since: datetime, until: datetime, now: datetime) -> list[PresenceKept]:
    """Each channel that something is promised for, in whole days of the workspace's zone."""
    return [
        _of_channel(promise, workspace, since=since, until=until, now=now)
        for promise in PresencePromise.objects.of(workspace).order_by("channel")
    ]


def _of_channel(
    promise: PresencePromise, workspace: Workspace, *, since: datetime, until: datetime, now: datetime
) -> PresenceKept:
    given: dict[str, Any] = {
        "workspace": workspace.pk,
        "channel": promise.channel,
        "since": since,
        "until": until,
        "now": now,
        "promised": timedelta(minutes=promise.answer_minutes),
        "zone": ZoneInfo(workspace.zone).key,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, given)
        in_time, due, days_there = cursor.fetchone()
    return PresenceKept(promise, in_time, due, days_there, max(1, (until - since).days))


# A wait begins with the first message after our last word and ends with our next one, if a person wrote it. What is
# not answered yet counts as missed only once its time is over. Conversations are looked at a month further back, so
# that the first message of the period is known for a beginning or not.
_WAITS: Final = """
WITH said AS (
    SELECT m.case_id, m.at, m.kind,
           lag(m.kind) OVER spoken AS before,
           min(m.at) FILTER (WHERE m.kind = 'reply') OVER (spoken ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
               AS answered_at
    FROM care_message m JOIN care_case c ON c.id = m.case_id LEFT JOIN listen_mention h ON h.id = m.mention_id
    WHERE m.workspace_id = %(workspace)s AND c.channel = %(channel)s AND m.at >= %(since)s - interval '30 days'
      AND (m.kind = 'inbound' AND (m.mention_id IS NULL OR h.disposition = 'case')
           OR m.kind = 'reply' AND NOT m.automatic AND m.delivery IN ('', 'sent', 'delivered', 'read'))
    WINDOW spoken AS (PARTITION BY m.case_id ORDER BY m.at, m.id)
), waits AS (
    SELECT coalesce(answered_at - at <= %(promised)s, false) AS in_time
    FROM said
    WHERE kind = 'inbound' AND before IS DISTINCT FROM 'inbound' AND at >= %(since)s AND at < %(until)s
      AND (answered_at IS NOT NULL OR at + %(promised)s < %(now)s)
), days AS (
    SELECT count(DISTINCT (at AT TIME ZONE %(zone)s)::date) AS there
    FROM said WHERE kind = 'reply' AND at >= %(since)s AND at < %(until)s
)
SELECT count(*) FILTER (WHERE in_time), count(*), (SELECT there FROM days) FROM waits
"""


def fans_unanswered(workspace: Workspace, *, since: datetime, until: datetime) -> tuple[Sequence[Fan], int]:
    """Who praised us in the period and got no word back, the latest first up to `MOST_FANS`; and how many they are."""
    praise = Mention.objects.of(workspace).filter(disposition=Disposition.PRAISE_KEPT, at__gte=since, at__lt=until)
    latest = praise.select_related("identity__person").order_by("-at", "-pk")[:MOST_FANS]
    fans = [Fan(one.identity.customer_name, one.text, one.at, one.pk) for one in latest]
    return fans, praise.count()
