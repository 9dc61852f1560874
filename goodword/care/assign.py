"""Give a case to an agent, to a team, or to both."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import CaseAssigned
from goodword.care.lock import lock_case
from goodword.care.models import Case
from goodword.kernel import facts
from goodword.staff.models import Agent, Membership, Notice, Role, Team
from goodword.staff.notify import notify


class CannotTakeCases(Exception):
    """The agent is no member of this workspace, or may only read in it."""


@transaction.atomic
def assign_case(
    *, case: Case, by: Agent | None, to: Agent | None = None, team: Team | None = None, now: datetime
) -> Case:
    """Say who answers: `to`, `team`, both, or with neither nobody. The new assignee gets a notice.

    Raises `CannotTakeCases`, `MergedAway`.
    """
    case = lock_case(case)
    _check(case, to, team)
    before = (case.assignee_id, case.team_id)
    case.assignee, case.team = to, team
    if before == (case.assignee_id, case.team_id):
        return case
    case.save(update_fields=["assignee", "team"])
    fact = CaseAssigned(
        workspace_id=case.workspace_id, case_id=case.pk, assignee_id=case.assignee_id, team_id=case.team_id
    )
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    if to is not None and to != by and to.pk != before[0]:
        notify(
            workspace_id=case.workspace_id,
            agent_ids=[to.pk],
            kind=Notice.Kind.ASSIGNED,
            subject=fact.subject,
            text=case.subject,
            now=now,
        )
    return case


def _check(case: Case, to: Agent | None, team: Team | None) -> None:
    if team is not None and team.workspace_id != case.workspace_id:
        raise CannotTakeCases(_("This team belongs to another workspace. Choose one of this workspace."))
    if to is None:
        return
    membership = Membership.objects.filter(agent=to, workspace=case.workspace_id).first()
    if membership is None or not membership.may(Role.AGENT) or not to.is_active:
        raise CannotTakeCases(_("%(name)s can't take cases here. Choose another agent.") % {"name": to})
