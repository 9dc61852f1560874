"""Keep what an agent is writing, so that no text is ever lost."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.care.lock import lock_standing
from goodword.care.models import Case, Draft, Message, MessageKind
from goodword.connectors.storable import storable_text
from goodword.staff.models import Agent


@transaction.atomic
def save_draft(
    *, case: Case, by: Agent, kind: MessageKind, text: str, private: bool, reply_key: str = "", now: datetime
) -> Draft | None:
    """Keep `text` as it is. Blank text is no draft: then there is none any more, and None is returned.

    `reply_key`: the idempotency key under which the text would be sent. Once it has been, what arrives late on a slow
    line is no draft either; nor what arrives while it is being sent, which is waited for.

    What was being written in a case as it was merged away goes on in the case that stands for it, below what the same
    agent writes there. Blank text from there throws nothing away.
    """
    standing = lock_standing(case)
    if reply_key and Message.objects.of(case.workspace_id).filter(idempotency_key=reply_key).exists():
        return None
    if standing != case:
        there = Draft.objects.of(case.workspace_id).filter(case=standing, agent=by, kind=kind).first()
        case, text = standing, _added(there.text if there else "", text)
    if not text.strip():
        discard_draft(case=case, by=by, kind=kind)
        return None
    draft, _made = Draft.objects.of(case.workspace_id).update_or_create(
        case=case,
        agent=by,
        kind=kind,
        defaults={"text": storable_text(text), "private": private, "saved_at": now},
        create_defaults={
            "workspace_id": case.workspace_id,
            "text": storable_text(text),
            "private": private,
            "saved_at": now,
        },
    )
    return draft


def _added(there: str, text: str) -> str:
    """`text` below what stands there, or in place of its own beginning that was kept there before."""
    if text.strip() in there:
        return there
    last = there.rpartition("\n\n")[2]
    above = there.removesuffix(last) if text.startswith(last) else f"{there}\n\n"
    return above + text if there else text


def discard_draft(*, case: Case, by: Agent, kind: MessageKind) -> None:
    """Throw a draft away."""
    Draft.objects.of(case.workspace_id).filter(case=case, agent=by, kind=kind).delete()
