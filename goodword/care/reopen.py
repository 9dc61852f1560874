"""Begin a new episode of a resolved case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.events import CaseReopened
from goodword.care.lock import lock_case
from goodword.care.models import Case, Episode, State
from goodword.kernel import facts
from goodword.staff.models import Agent


@transaction.atomic
def reopen_case(*, case: Case, by: Agent | None, at: datetime | None = None, now: datetime) -> Episode:
    """Open a resolved case again, in a new episode; one that isn't resolved goes on in the episode it is in.

    `at`: when the customer wrote what reopens it; the episode begins then, not when it was heard. The caller adds that
    message, which decides who waits for whom. Raises `MergedAway`.
    """
    case = lock_case(case)
    last = case.episodes.latest("number")
    if case.state != State.RESOLVED:
        return last
    episode = Episode.objects.create(
        workspace_id=case.workspace_id, case=case, number=last.number + 1, opened_at=at or now
    )
    case.state, case.resolved_at = State.OPEN, None
    case.save(update_fields=["state", "resolved_at"])
    fact = CaseReopened(workspace_id=case.workspace_id, case_id=case.pk, episode=episode.number)
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return episode
