"""Give several cases out at once, as routing does: in as few questions as for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from goodword.care.events import CaseAssigned
from goodword.care.models import Case
from goodword.kernel import facts
from goodword.staff.models import Agent, Membership, Notice, Role, Team
from goodword.staff.notify import Word, notify_all


class Assignment(NamedTuple):
    """A case, and who answers from now on."""

    case: Case
    to: Agent | None
    team: Team


@transaction.atomic
def assign_together(*, workspace_id: int, assignments: Sequence[Assignment], now: datetime) -> set[int]:
    """Assign cases that are nobody's; the ids of those that were given so, or stood so already.

    Left out is what somebody took meanwhile or merged away, and what goes to an agent who has left.
    """
    standing = Case.objects.of(workspace_id).standing().filter(assignee=None)
    asked = standing.filter(pk__in=[each.case.pk for each in assignments])
    locked = {case.pk: case for case in asked.select_for_update(of=("self",), no_key=True).order_by("pk")}
    takers = _takers(workspace_id, {each.to.pk for each in assignments if each.to is not None})
    given = [each for each in assignments if each.case.pk in locked and (each.to is None or each.to.pk in takers)]
    changed = [each for each in given if each.to is not None or locked[each.case.pk].team_id != each.team.pk]
    _write(workspace_id, changed)
    told = [
        CaseAssigned(
            workspace_id=workspace_id,
            case_id=each.case.pk,
            assignee_id=each.to.pk if each.to else None,
            team_id=each.team.pk,
        )
        for each in changed
    ]
    facts.record_all(told, now=now)
    notify_all(
        workspace_id=workspace_id,
        words=[
            Word([each.to.pk], Notice.Kind.ASSIGNED, f"case:{each.case.pk}", each.case.subject, now)
            for each in changed
            if each.to is not None
        ],
    )
    return {each.case.pk for each in given}


def _takers(workspace_id: int, agent_ids: set[int]) -> set[int]:
    members = Membership.objects.filter(workspace=workspace_id, agent__in=agent_ids, agent__is_active=True)
    return {member.agent_id for member in members if member.may(Role.AGENT)}


def _write(workspace_id: int, changed: Sequence[Assignment]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _ASSIGN,
            [
                [each.case.pk for each in changed],
                [each.to.pk if each.to else None for each in changed],
                [each.team.pk for each in changed],
                workspace_id,
            ],
        )


_ASSIGN = """
UPDATE care_case c SET assignee_id = given.assignee_id, team_id = given.team_id
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given(case_id, assignee_id, team_id)
WHERE c.id = given.case_id AND c.workspace_id = %s
"""
