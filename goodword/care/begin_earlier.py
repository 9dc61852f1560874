"""A case began earlier than we knew: its first words came late."""

from __future__ import annotations

from collections.abc import Sequence

from goodword.care.models import Case, Episode
from goodword.care.opening_words import opening_words
from goodword.listen.models import Mention


def begin_earlier(case: Case, inbound: Sequence[Mention]) -> None:
    """Let the case begin with the earliest of `inbound`, if that is before its beginning. Call it in a verb's
    transaction, on the locked row. Once an agent has written in it, a case keeps the customer it has.
    """
    first = min(inbound, key=lambda mention: mention.at, default=None)
    if first is None or first.at >= case.opened_at or case.messages.filter(agent__isnull=False).exists():
        return
    Episode.objects.filter(case=case, number=1).update(opened_at=first.at)
    case.opened_at, case.opening_mention, case.identity = first.at, first, first.identity
    case.subject = opening_words(first.title, first.text) or case.subject
    case.save(update_fields=["opened_at", "opening_mention", "identity", "subject"])
