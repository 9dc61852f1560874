"""Own a mistake: what is given for it stands in the ledger, and its apology is a draft, both or neither."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from goodword.care.apology_words import Apology, apology_text
from goodword.care.draft import save_draft
from goodword.care.lock import lock_case
from goodword.care.make_good import known_make_good, offer_make_good
from goodword.care.models import Case, Draft, MakeGood, MakeGoodKind, MakeGoodState, MessageKind
from goodword.staff.models import Agent

_LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class Gift:
    """What a customer is given; `amount` is its worth in the budget's currency."""

    kind: MakeGoodKind
    amount: Decimal
    what: str


@transaction.atomic
def own_mistake(
    *, case: Case, by: Agent, apology: Apology, gift: Gift | None, idempotency_key: str, now: datetime
) -> MakeGood | None:
    """Put the apology below what `by` was writing, to be gone over and sent, and what is given into the ledger.

    The same `idempotency_key` gives once, however often the form is sent. What waits for approval is not in the words:
    nobody can promise it yet. Raises `NotGiven`, `MergedAway`; then nothing was written.
    """
    case = lock_case(case)  # of two posts at once, the second waits here and then finds the first one's
    if (known := known_make_good(case, idempotency_key)) is not None:
        return known
    made = None
    if gift is not None:
        made = offer_make_good(
            case=case,
            by=by,
            kind=gift.kind,
            amount=gift.amount,
            what=gift.what,
            why=apology.happened[:_LONGEST_WHY],
            idempotency_key=idempotency_key,
            now=now,
        )
        if made.state == MakeGoodState.APPROVED:
            apology = replace(apology, gift=gift.what)
    _add_to_draft(case, by, apology_text(apology), now)
    return made


def _add_to_draft(case: Case, by: Agent, words: str, now: datetime) -> None:
    """Once: a second post of a form that gives nothing finds its words there."""
    draft = Draft.objects.of(case.workspace_id).filter(case=case, agent=by, kind=MessageKind.REPLY).first()
    before = draft.text.strip() if draft else ""
    if words in before:
        return
    text = f"{before}\n\n{words}" if before else words
    private = draft.private if draft else False
    save_draft(case=case, by=by, kind=MessageKind.REPLY, text=text, private=private, now=now)
