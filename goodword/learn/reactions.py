"""Door for facts: what learn does when a cause was named, and when somebody is to be told."""

from __future__ import annotations

from goodword.care.events import CauseRecorded
from goodword.care.models import Case
from goodword.kernel.clock import current_time
from goodword.kernel.facts import on
from goodword.learn.events import ReportersTold
from goodword.learn.follow_cause import follow_cause
from goodword.learn.judge import look_for_returns
from goodword.learn.tell import send_told

AT_ONCE = 500


@on(CauseRecorded)
def learn_of_cause(*, workspace_id: int, case_id: int, cause_id: int | None, **_: object) -> None:
    """The case tells of the problem; and one more complaint may show that a cause is back."""
    case = Case.objects.of(workspace_id).filter(pk=case_id).first()
    if case is None or cause_id is None:
        return
    follow_cause(case=case, now=current_time())
    look_for_returns(workspace_id=workspace_id, cause_id=cause_id, now=current_time())


@on(ReportersTold)
def send_words(**_: object) -> None:
    """What is to be told goes to the outbox."""
    send_told(limit=AT_ONCE, now=current_time())
