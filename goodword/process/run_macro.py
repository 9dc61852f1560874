"""Run a macro on a case, and take all of it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.lock import lock_case
from goodword.care.models import Case, Message, MessageKind
from goodword.kernel import facts
from goodword.process.act import CannotAct, act
from goodword.process.events import MacroRan, MacroUndone
from goodword.process.models import Macro, MacroRun
from goodword.process.restore import restore, standing_of
from goodword.process.rules.actions import Do
from goodword.staff.models import Agent


@transaction.atomic
def run_macro(*, macro: Macro, case: Case, by: Agent, now: datetime) -> MacroRun:
    """Do what the macro says, all of it or nothing. Raises `CannotAct` where one of its actions can't be done or none
    is left to do, `MergedAway`."""
    case = lock_case(case)
    before, notes_before = standing_of(case), _notes(case)
    done = act(case=case, actions=macro.does, by=by, now=now)
    if not done:
        raise CannotAct(_("Nothing to do: all that “%(name)s” does is so already.") % {"name": macro.name})
    case.refresh_from_db()
    run = MacroRun.objects.create(
        workspace_id=case.workspace_id,
        macro=macro,
        name=macro.name,
        case=case,
        agent=by,
        before=before,
        after=standing_of(case),
        notes=sorted(_notes(case) - notes_before) if any(action.do == Do.NOTE for action in done) else [],
        at=now,
    )
    fact = MacroRan(
        workspace_id=case.workspace_id,
        case_id=case.pk,
        macro=macro.name,
        did=[[action.do.value, action.name] for action in done],
    )
    facts.record(fact, now=now, actor_id=by.pk)
    return run


def _notes(case: Case) -> set[int]:
    notes = Message.objects.of(case.workspace_id).filter(case=case, kind=MessageKind.NOTE)
    return set(notes.values_list("pk", flat=True))


class CannotUndo(Exception):
    """It was undone before."""


@transaction.atomic
def undo_macro(*, run: MacroRun, by: Agent, now: datetime) -> list[str]:
    """Restore what was before. What somebody has changed since stays as they left it, and is named in words.

    Raises `CannotUndo`, `MergedAway`.
    """
    case = lock_case(run.case)
    run = MacroRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.undone_at is not None:
        raise CannotUndo(_("“%(name)s” was undone already.") % {"name": run.name})
    left = restore(case=case, before=run.before, after=run.after, notes=run.notes, by=by, now=now)
    run.undone_at = now
    run.save(update_fields=["undone_at"])
    fact = MacroUndone(workspace_id=case.workspace_id, case_id=case.pk, macro=run.name)
    facts.record(fact, now=now, actor_id=by.pk)
    return left
