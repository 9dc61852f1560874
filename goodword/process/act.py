"""Do to a case what a rule or a macro says, through the verbs of care."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.assign import CannotTakeCases, assign_case
from goodword.care.before_resolve import NotYet
from goodword.care.label import BadLabel, label_case
from goodword.care.lock import lock_case
from goodword.care.models import Case, Label, Priority, State
from goodword.care.note import add_note
from goodword.care.prioritise import set_priority
from goodword.care.resolve import resolve_case
from goodword.care.snooze import CannotSnooze, snooze_case
from goodword.care.terms import NoWords
from goodword.process.approvals import hold_case
from goodword.process.rules.actions import Action, Do
from goodword.process.rules.ladder import Rung, whom_to_tell
from goodword.staff.models import Agent, Notice, Role, Team, TeamMember
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

REFUSALS = (BadLabel, CannotSnooze, CannotTakeCases, NotYet, NoWords)


class CannotAct(Exception):
    """One of the actions can't be done; nothing of them was."""


@transaction.atomic
def act(*, case: Case, actions: Sequence[Action], by: Agent | None, now: datetime) -> list[Action]:
    """Do all of it, or nothing; gives the actions that changed something. Raises `CannotAct`, `MergedAway`."""
    case = lock_case(case)
    done = []
    for action in actions:
        try:
            if _ACTS[action.do](case, action, by, now):
                done.append(action)
        except REFUSALS as refused:
            raise CannotAct(str(refused)) from refused
        case.refresh_from_db()
    return done


def _to_team(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    """Who has the case keeps it if they are of the team."""
    team = Team.objects.of(case.workspace_id).filter(pk=action.of).first()
    if team is None:
        raise CannotAct(_("The team “%(name)s” is no more. Choose another.") % {"name": action.name})
    if case.team_id == team.pk:
        return False
    keeps = TeamMember.objects.of(case.workspace_id).filter(team=team, agent=case.assignee_id).exists()
    assign_case(case=case, by=by, to=case.assignee if keeps else None, team=team, now=now)
    return True


def _to_person(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    agent = who_may(Role.AGENT, workspace=case.workspace_id).filter(pk=action.of).first()
    if agent is None:
        raise CannotAct(_("%(name)s can't take cases here any more. Choose somebody else.") % {"name": action.name})
    if case.assignee_id == agent.pk:
        return False
    assign_case(case=case, by=by, to=agent, team=case.team, now=now)
    return True


def _add_label(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    label = _label(case, action)
    if case.labels.filter(pk=label.pk).exists():
        return False
    label_case(case=case, by=by, add=[label], now=now)
    return True


def _remove_label(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    label = _label(case, action)
    if not case.labels.filter(pk=label.pk).exists():
        return False
    label_case(case=case, by=by, remove=[label], now=now)
    return True


def _label(case: Case, action: Action) -> Label:
    label = Label.objects.of(case.workspace_id).filter(pk=action.of).first()
    if label is None:
        raise CannotAct(_("The label “%(name)s” is no more. Choose another.") % {"name": action.name})
    return label


def _prioritise(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    if case.priority == action.of:
        return False
    set_priority(case=case, by=by, priority=Priority(int(action.of)), now=now)
    return True


def _note(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    add_note(case=case, by=by, text=action.words, keeps_draft=True, now=now)
    return True


def _tell(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    whom = _whom(case, action)
    notify(
        workspace_id=case.workspace_id,
        agent_ids=whom,
        kind=Notice.Kind.RULE,
        subject=f"case:{case.pk}",
        text=action.words or case.subject,
        now=now,
    )
    return bool(whom)


def _whom(case: Case, action: Action) -> set[int]:
    members = TeamMember.objects.of(case.workspace_id).filter(team=case.team_id)
    return whom_to_tell(
        Rung(0, (action.of,)),
        assignee=case.assignee_id,
        team=set(members.values_list("agent_id", flat=True)),
        leads=set(who_may(Role.LEAD, workspace=case.workspace_id).values_list("pk", flat=True)),
        able=set(who_may(Role.AGENT, workspace=case.workspace_id).values_list("pk", flat=True)),
    )


def _snooze(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    snooze_case(case=case, by=by, until=now + timedelta(minutes=int(action.of)), now=now)
    return True


def _resolve(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    if case.state == State.RESOLVED:
        return False
    resolve_case(case=case, by=by, ask=False, now=now)
    return True


def _hold(case: Case, action: Action, by: Agent | None, now: datetime) -> bool:
    return hold_case(case=case, why=action.words, now=now)


_ACTS: Mapping[Do, Callable[[Case, Action, Agent | None, datetime], bool]] = {
    Do.TEAM: _to_team,
    Do.PERSON: _to_person,
    Do.ADD_LABEL: _add_label,
    Do.REMOVE_LABEL: _remove_label,
    Do.PRIORITY: _prioritise,
    Do.NOTE: _note,
    Do.TELL: _tell,
    Do.SNOOZE: _snooze,
    Do.RESOLVE: _resolve,
    Do.HOLD: _hold,
}
