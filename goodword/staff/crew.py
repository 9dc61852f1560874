"""Who is there, by rosters and absences: now, and in the hours that we have published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from goodword.staff.business_time import Span, WorkingTime, merged, minus, nine_to_five
from goodword.staff.models import Absence, Agent, Calendar, Role, Roster, TeamMember, Workspace
from goodword.staff.who_may import who_may

_EVER = datetime.max.replace(tzinfo=UTC)
_A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Worker:
    """An agent who may answer: `works` is when, None without a roster; `away` when not, in order."""

    agent: Agent
    roster: Roster | None
    works: WorkingTime | None
    away: Sequence[Span]

    def there(self, since: datetime, until: datetime) -> list[Span]:
        """When within `since`–`until` they can be counted on. Without a roster: never."""
        return minus(self.works.spans(since, until), self.away) if self.works else []

    def is_there(self, at: datetime) -> bool:
        """Whether they can be counted on at this moment."""
        return bool(self.works) and self.works.is_open(at) and not self.is_away(at)  # type: ignore[union-attr]

    def is_away(self, at: datetime) -> bool:
        """Whether they said that they are away."""
        return any(start <= at < end for start, end in self.away)

    def may_take(self, at: datetime) -> bool:
        """Whether work can be given to them: without a roster at any time, unless they are away."""
        return not self.is_away(at) and (self.works is None or self.works.is_open(at))

    def away_until(self, at: datetime) -> datetime | None:
        """When they are back; None if they are not away, or nobody knows."""
        end = next((end for start, end in merged(self.away) if start <= at < end), None)
        return None if end == _EVER else end


@dataclass(frozen=True, slots=True)
class Crew:
    """Everyone who may answer in a workspace, by name, and whose teams keep which calendar."""

    workers: Sequence[Worker]
    calendars: Sequence[Calendar]  # the workspace's first
    teams_of: dict[int, set[int]]  # ids of agents by calendar, without the workspace's

    @property
    def has_roster(self) -> bool:
        """Whether it is known of anybody when they work."""
        return any(worker.works for worker in self.workers)

    def there(self, at: datetime) -> list[Worker]:
        """Who can be counted on at this moment."""
        return [worker for worker in self.workers if worker.is_there(at)]

    def watchers(self, calendar: Calendar) -> list[Worker]:
        """Who is counted on in the hours of a calendar: its teams, or everyone."""
        if calendar.is_default:
            return list(self.workers)
        return [worker for worker in self.workers if worker.agent.pk in self.teams_of.get(calendar.pk, ())]

    def is_rostered(self, calendar: Calendar) -> bool:
        """Whether it is known of anybody who keeps the hours of a calendar when they work; if not, nobody can say
        whether the hours are watched."""
        return any(worker.works for worker in self.watchers(calendar))

    def unwatched(self, calendar: Calendar, since: datetime, until: datetime) -> list[Span]:
        """The hours of a calendar in which nobody is there; none where nobody's hours are known."""
        if not self.is_rostered(calendar):
            return []
        watched = (span for worker in self.watchers(calendar) for span in worker.there(since, until))
        return minus(calendar.working_time().spans(since, until), watched)

    def unwatched_at(self, calendar: Calendar, at: datetime) -> bool:
        """Whether nobody is there at this moment, and somebody should be."""
        return bool(self.unwatched(calendar, at, at + _A_MOMENT))


def read_crew(workspace: Workspace, *, since: datetime) -> Crew:
    """Everyone as of `since` and later, in six queries whatever their number."""
    calendars = list(Calendar.objects.of(workspace).order_by("-is_default", "name"))
    agents = list(who_may(Role.AGENT, workspace=workspace))
    rosters = {roster.agent_id: roster for roster in Roster.objects.of(workspace).filter(agent__in=agents)}
    away: dict[int, list[Span]] = defaultdict(list)
    for absence in Absence.objects.of(workspace).filter(Q(until=None) | Q(until__gt=since)):
        away[absence.agent_id].append((absence.since, absence.until or _EVER))
    teams_of = _teams_of(workspace)
    holidays = _Holidays(calendars, teams_of, workspace)
    workers = []
    for agent in agents:
        roster = rosters.get(agent.pk)
        works = roster.working_time(holidays.of(agent.pk)) if roster else None
        workers.append(Worker(agent, roster, works, merged(away[agent.pk])))
    return Crew(workers, calendars, teams_of)


def _teams_of(workspace: Workspace) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    members = TeamMember.objects.of(workspace).filter(team__calendar__isnull=False)
    for calendar_id, agent_id in members.values_list("team__calendar", "agent"):
        found[calendar_id].add(agent_id)
    return dict(found)


class _Holidays:
    """Which calendar's days off are an agent's: their team's, or the workspace's."""

    def __init__(self, calendars: Iterable[Calendar], teams_of: dict[int, set[int]], workspace: Workspace) -> None:
        self._own = [(teams_of.get(each.pk, set()), each.working_time()) for each in calendars if not each.is_default]
        default = [each.working_time() for each in calendars if each.is_default]
        self._default = default[0] if default else nine_to_five(workspace.zone)

    def of(self, agent_id: int) -> WorkingTime:
        return next((works for members, works in self._own if agent_id in members), self._default)
