"""Whose hours count: the working time of a workspace and of its teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodword.staff.business_time import WorkingTime, nine_to_five
from goodword.staff.models import Calendar, Team, Workspace


@dataclass(frozen=True, slots=True)
class WorkingTimes:
    """The workspace's, and those of the teams that have their own. `written`: somebody wrote the workspace's down."""

    workspace: WorkingTime
    teams: Mapping[int, WorkingTime]
    written: bool

    def of_team(self, team_id: int | None) -> WorkingTime:
        """The team's, or the workspace's."""
        return self.teams.get(team_id or 0, self.workspace)


def working_times(workspace: Workspace) -> WorkingTimes:
    """As they stand, in two queries. Until somebody writes hours down, Monday to Friday from 9 to 17 are taken."""
    calendars = {calendar.pk: calendar for calendar in Calendar.objects.of(workspace)}
    reckoned = {pk: calendar.working_time() for pk, calendar in calendars.items()}
    default = next((reckoned[pk] for pk, calendar in calendars.items() if calendar.is_default), None)
    of_teams = Team.objects.of(workspace).filter(calendar__in=calendars) if calendars else Team.objects.none()
    return WorkingTimes(
        default or nine_to_five(workspace.zone),
        {team: reckoned[calendar] for team, calendar in of_teams.values_list("pk", "calendar_id") if calendar},
        default is not None,
    )
