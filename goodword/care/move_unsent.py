"""What agents have not sent yet goes along when a case goes into another."""

from __future__ import annotations

from goodword.care.models import Case, Draft, Enclosure


def move_unsent(origin: Case, target: Case) -> None:
    """Nobody's unsent words and files are lost: words go below what the same agent was writing there.

    Call it in a verb's transaction, with both cases locked.
    """
    there = {(draft.agent_id, draft.kind): draft for draft in target.drafts.all()}
    for draft in Draft.objects.filter(case=origin):
        other = there.get((draft.agent_id, draft.kind))
        if other is None:
            draft.case = target
            draft.save(update_fields=["case"])
        elif draft.text.strip():
            other.text = f"{other.text}\n\n{draft.text}".strip()
            other.save(update_fields=["text"])
            draft.delete()
    Enclosure.objects.of(origin.workspace_id).filter(draft_case=origin, message=None).update(draft_case=target)
