"""The table of the reports that sets wall time beside working time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.care.reports import Scope
from goodword.process.working_speed import WorkingSpeed, working_speeds
from goodword.staff.models import Team


@dataclass(frozen=True, slots=True)
class WorkingTable:
    """Rows by what they are of; the first is of everything. `written`: by hours of the brand's own."""

    rows: Sequence[tuple[str, WorkingSpeed]]
    written: bool


def working_rows(scope: Scope, *, channels: Sequence[str], teams: Sequence[Team]) -> WorkingTable:
    """Everything, then channels and teams that did something in the period."""
    speeds = working_speeds(scope)
    parts = [*((name, speeds.of(name)) for name in channels), *((team.name, speeds.of(team.pk)) for team in teams)]
    done = [(name, speed) for name, speed in parts if speed.answers or speed.resolutions]
    return WorkingTable([(_("Everything"), speeds.of(None)), *done], speeds.written)
