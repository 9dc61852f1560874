"""What the composer shows: the terms of the channel, drafts, files that lie with them."""

from __future__ import annotations

from typing import Any

from goodword.care.models import Case, Draft, Enclosure, MessageKind
from goodword.care.terms import terms_of
from goodword.care.timeline import last_ids
from goodword.connectors.length import length
from goodword.kernel.clock import current_time
from goodword.kernel.ids import new_token
from goodword.staff.membership import MemberRequest
from goodword.staff.models import Role


def composer_context(request: MemberRequest, case: Case, **overrides: Any) -> dict[str, Any]:
    """Everything `care/_composer.html` needs. `overrides`: what was typed, and the error it got."""
    terms = terms_of(case)
    now = current_time()
    drafts = {d.kind: d for d in Draft.objects.of(request.workspace).filter(case=case, agent=request.agent)}
    reply = drafts.get(MessageKind.REPLY)
    text = overrides.get("text", reply.text if reply else "")
    private = overrides.get("private", reply.private if reply else terms.becomes_private(False))
    return {
        "case": case,
        "customer": case.identity.customer_name,
        "terms": terms,
        "text": text,
        "private": private,
        "length": length(text, terms.capabilities.count),
        "window_closed": terms.closes_at is not None and terms.closes_at <= now,
        "note_text": overrides.get("note_text", drafts[MessageKind.NOTE].text if MessageKind.NOTE in drafts else ""),
        "writes_note": overrides.get("writes_note", MessageKind.NOTE in drafts and not text),
        "enclosures": list(
            Enclosure.objects.of(request.workspace).filter(draft_case=case, agent=request.agent, message=None)
        ),
        "idempotency_key": overrides.get("idempotency_key") or new_token(),
        "seen": last_ids(case),
        "may_act": request.membership.may(Role.AGENT),
        "now": now,
        "reply_error": overrides.get("reply_error", ""),
        "note_error": overrides.get("note_error", ""),
    }
