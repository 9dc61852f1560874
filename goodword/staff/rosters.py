"""Write down when an agent works, and when they are away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.business_time import BadHours, read_day_hours, read_zone
from goodword.staff.events import AgentAway, AgentBack, RosterSaved
from goodword.staff.models import Absence, Agent, Roster, Workspace

LONGEST_AWAY = timedelta(days=2 * 366)


class BadRoster(Exception):
    """What was written are no hours; `problems` gives the reason by field (`zone`, `day-0` for Monday to `day-6`)."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class BadAbsence(Exception):
    """There is no such time to be away."""


@transaction.atomic
def save_roster(
    *, workspace: Workspace, agent: Agent, zone: str, week: Sequence[str], by: Agent | None, now: datetime
) -> Roster | None:
    """When `agent` works, each day (Monday first) as `read_day_hours` reads it; no hours at all take them off the
    roster. Raises `BadRoster`."""
    problems: dict[str, str] = {}
    hours = []
    for day, written in enumerate(week):
        try:
            hours.append([list(one) for one in read_day_hours(written)])
        except BadHours as error:
            problems[f"day-{day}"] = str(error)
    try:
        zone = read_zone(zone)
    except BadHours as error:
        problems["zone"] = str(error)
    if problems:
        raise BadRoster(problems)
    record(RosterSaved(workspace_id=workspace.pk, agent_id=agent.pk), now=now, actor_id=by.pk if by else None)
    if not any(hours):
        Roster.objects.of(workspace).filter(agent=agent).delete()
        return None
    kept, _created = Roster.objects.update_or_create(
        workspace=workspace, agent=agent, defaults={"zone": zone, "week": hours}
    )
    return kept


@transaction.atomic
def go_away(
    *, workspace: Workspace, agent: Agent, since: datetime, until: datetime | None, by: Agent | None, now: datetime
) -> Absence:
    """`agent` is away from `since` on, `until` a time or until they are back. Raises `BadAbsence`."""
    try:
        since, until = since.astimezone(UTC), until and until.astimezone(UTC)
    except OverflowError:
        raise BadAbsence(_("There is no such time. Choose another.")) from None
    if until is not None and until <= max(since, now):
        raise BadAbsence(_("It ends before it begins, or is over already. Choose a later end."))
    if max(since, until or since) > now + LONGEST_AWAY or since < now - LONGEST_AWAY:
        raise BadAbsence(_("Choose a time within two years from now."))
    absence = Absence.objects.create(workspace=workspace, agent=agent, since=since, until=until)
    fact = AgentAway(
        workspace_id=workspace.pk,
        agent_id=agent.pk,
        since=since.isoformat(),
        until=until.isoformat() if until else None,
    )
    record(fact, now=now, actor_id=by.pk if by else None)
    return absence


@transaction.atomic
def come_back(*, absence: Absence, by: Agent | None, now: datetime) -> None:
    """They are back, or won't go; what of it has passed stays on record."""
    kept = Absence.objects.select_for_update().filter(pk=absence.pk).filter(Q(until=None) | Q(until__gt=now)).first()
    if kept is None:
        return
    if kept.since >= now:
        kept.delete()
    else:
        kept.until = now
        kept.save(update_fields=["until"])
    record(
        AgentBack(workspace_id=absence.workspace_id, agent_id=absence.agent_id), now=now, actor_id=by.pk if by else None
    )
