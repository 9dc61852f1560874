"""Hand a chat over to mail: its case says that the customer has left, and how they can be reached."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.events import ChatHandedOver
from goodword.care.lock import lock_case, standing_case
from goodword.care.models import Case
from goodword.kernel import facts
from goodword.kernel.models import FactRow


@transaction.atomic
def hand_over_chat(*, workspace_id: int, thread_id: int, by_mail: bool, now: datetime) -> Case | None:
    """Record that the customer in this thread left an address; None if no case came of what they wrote.

    `by_mail`: they are heard in a mailbox now, so that the next reply goes there. Call it after the mentions of the
    thread were attended to. Running it twice records it once.
    """
    case = Case.objects.of(workspace_id).filter(thread_id=thread_id).order_by("-pk").first()
    if case is None:
        return None
    case = lock_case(standing_case(case))
    known = FactRow.objects.filter(
        workspace_id=workspace_id,
        subject=f"case:{case.pk}",
        kind=ChatHandedOver.__name__,
        at__gte=case.last_inbound_at,
    )
    if not known.exists():
        facts.record(ChatHandedOver(workspace_id=workspace_id, case_id=case.pk, by_mail=by_mail), now=now)
    return case
