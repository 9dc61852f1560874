"""Remember what an agent has seen of a case. No fact: it concerns nobody else."""

from __future__ import annotations

from goodword.care.models import Case, CaseSeen
from goodword.staff.models import Agent


def mark_seen(*, case: Case, by: Agent, up_to: int | None = None) -> None:
    """Remember that `by` has seen the case up to message `up_to` (by default the customer's last one)."""
    last = case.last_inbound_id if up_to is None else up_to
    CaseSeen.objects.bulk_create(
        [CaseSeen(workspace_id=case.workspace_id, case=case, agent=by, last_message_id=last)],
        update_conflicts=True,
        unique_fields=["workspace", "agent", "case"],
        update_fields=["last_message_id"],
    )


def mark_unread(*, case: Case, by: Agent) -> None:
    """Let the case stand out for `by` again."""
    CaseSeen.objects.of(case.workspace_id).filter(case=case, agent=by).delete()
