"""Notice when nobody is there within the hours that we have published, and tell who leads."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.business_time import Span
from goodword.staff.crew import Crew, read_crew
from goodword.staff.events import HoursUnwatched, HoursWatched
from goodword.staff.models import Calendar, Notice, Role, UnwatchedTime, Webhook, Workspace
from goodword.staff.notify import notify
from goodword.staff.tell_webhooks import Tiding, tell_webhooks
from goodword.staff.who_may import who_may

_LOOKS_BACK = timedelta(days=1)  # for when it began, should no worker have run
_LOOKS_AHEAD = timedelta(days=7)


def watch_hours(*, workspace: Workspace, now: datetime) -> int:
    """Look at each calendar of a workspace; for how many it began just now that nobody is there."""
    crew = read_crew(workspace, since=now - _LOOKS_BACK)
    return sum(_watch(crew, calendar, now) for calendar in crew.calendars)


@transaction.atomic
def _watch(crew: Crew, calendar: Calendar, now: datetime) -> bool:
    Calendar.objects.select_for_update(of=("self",)).get(pk=calendar.pk)  # two workers don't both tell
    lasting = UnwatchedTime.objects.of(calendar.workspace_id).filter(calendar=calendar, until=None).first()
    spans = crew.unwatched(calendar, now - _LOOKS_BACK, now + _LOOKS_AHEAD)
    current = next((span for span in spans if span[0] <= now < span[1]), None)
    if lasting is not None and current is None:
        _end(lasting, spans, now)
    if lasting is not None or current is None:
        return False
    since, until = current
    unwatched, is_new = UnwatchedTime.objects.get_or_create(
        workspace_id=calendar.workspace_id, calendar=calendar, since=since
    )
    if not is_new:  # they were back for less than a look
        UnwatchedTime.objects.filter(pk=unwatched.pk).update(until=None)
        return False
    fact = HoursUnwatched(workspace_id=calendar.workspace_id, calendar_id=calendar.pk, since=since.isoformat())
    record(fact, now=now)
    notify(
        workspace_id=calendar.workspace_id,
        agent_ids=who_may(Role.LEAD, workspace=calendar.workspace_id).values_list("pk", flat=True),
        kind=Notice.Kind.UNWATCHED,
        subject=fact.subject,
        text=_says(calendar, until),
        now=since,
    )
    told = {"workspace": calendar.workspace.slug, "calendar": calendar.name, "until": until.isoformat()}
    tidings = [Tiding("hours.unwatched", told)]
    tell_webhooks(workspace_id=calendar.workspace_id, about=Webhook.About.HOURS, tidings=tidings, now=now)
    return True


def _end(lasting: UnwatchedTime, spans: list[Span], now: datetime) -> None:
    lasting.until = next((end for start, end in spans if start <= lasting.since < end <= now), now)
    lasting.save(update_fields=["until"])
    fact = HoursWatched(
        workspace_id=lasting.workspace_id, calendar_id=lasting.calendar_id, since=lasting.since.isoformat()
    )
    record(fact, now=now)


def _says(calendar: Calendar, until: datetime) -> str:
    with timezone.override(calendar.zone):
        ends = date_format(timezone.localtime(until), "l, H:i")
    return _("%(name)s: nobody is on the roster until %(time)s. Ask somebody, or change the hours we publish.") % {
        "name": calendar.name,
        "time": ends,
    }
