"""Silence: a source from which nothing comes for longer than ever lately, though listening seems to work.

A token that lost a right, a stream that only beats, a customer form that broke: none of them raises an error. What is
usual is learned from the hours in which something came in, so that nights and weekends are no alarm.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.listen.events import SourceFellSilent
from goodword.listen.models import HeardHour, Source
from goodword.staff.models import Notice, Role
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

HABIT = timedelta(days=14)  # two weekends
_KNOWN_AFTER = timedelta(days=3)
_FEWEST_HOURS = 12
_SHORTEST = timedelta(hours=2)
_UNUSUAL = 1.5  # times the longest silence of the habit


def longest_usual(hours: Sequence[datetime]) -> timedelta | None:
    """The longest silence that is usual, by the hours in which something came in, oldest first.

    None where too little is known. Pure.
    """
    if len(hours) < _FEWEST_HOURS or hours[-1] - hours[0] < _KNOWN_AFTER:
        return None
    longest = max(later - earlier for earlier, later in pairwise(hours))
    return max(longest * _UNUSUAL, _SHORTEST)


def usual_silence(source: Source, now: datetime) -> timedelta | None:
    """How long this source may be silent before it is an alarm; None where too little is known of it."""
    hours = source.heard_hours.filter(hour__gte=now - HABIT).order_by("hour").values_list("hour", flat=True)
    return longest_usual(list(hours))


def note_heard(*, source: Source, last_heard_at: datetime | None, now: datetime) -> None:
    """Something came in: silence is over. Call it in turn, in the transaction of the intake."""
    Source.objects.filter(pk=source.pk).update(last_heard_at=now, quiet_since=None)
    hour = _hour_of(now)
    if last_heard_at is None or _hour_of(last_heard_at) != hour:
        noted = HeardHour(workspace_id=source.workspace_id, source=source, hour=hour)
        HeardHour.objects.bulk_create([noted], ignore_conflicts=True)
        HeardHour.objects.filter(source=source, hour__lt=now - 2 * HABIT).delete()


def watch_silence(*, now: datetime) -> None:
    """Tell admins of each source that fell silent since the last look."""
    for source in Source.objects.filter(state__in=Source.WANTED, quiet_since=None, last_heard_at__isnull=False):
        usual = usual_silence(source, now)
        if usual is not None and source.last_heard_at is not None and now - source.last_heard_at > usual:
            notice_silence(source=source, now=now)


@transaction.atomic
def notice_silence(*, source: Source, now: datetime) -> None:
    """Mark it, once, until something comes in."""
    silent = Source.objects.filter(pk=source.pk, quiet_since=None, last_heard_at=source.last_heard_at)
    if not silent.update(quiet_since=source.last_heard_at):
        return
    fact = SourceFellSilent(workspace_id=source.workspace_id, source_id=source.pk)
    record(fact, now=now)
    notify(
        workspace_id=source.workspace_id,
        agent_ids=who_may(Role.ADMIN, workspace=source.workspace_id).values_list("pk", flat=True),
        kind=Notice.Kind.SILENT,
        subject=fact.subject,
        text=_("%(name)s has been silent for longer than is usual. Test it: perhaps it isn't heard any more.")
        % {"name": source.name},
        now=now,
    )


def _hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
