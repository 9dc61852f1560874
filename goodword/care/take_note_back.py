"""Take an internal note back, as if it had not been written."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.events import NoteTakenBack
from goodword.care.lock import lock_case
from goodword.care.models import Case, Message, MessageKind
from goodword.kernel import facts
from goodword.staff.models import Agent


@transaction.atomic
def take_note_back(*, case: Case, note_id: int, by: Agent, now: datetime) -> None:
    """The note goes, if it is one of the case and there still. Whom it mentioned was told. Raises `MergedAway`."""
    case = lock_case(case)
    note = Message.objects.of(case.workspace_id).filter(case=case, kind=MessageKind.NOTE, pk=note_id).first()
    if note is None:
        return
    note.delete()
    fact = NoteTakenBack(workspace_id=case.workspace_id, case_id=case.pk, message_id=note_id)
    facts.record(fact, now=now, actor_id=by.pk)
