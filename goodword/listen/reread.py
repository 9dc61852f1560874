"""Keep a better reading of a mention."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from goodword.listen.models import Mention


@transaction.atomic
def keep_reading(
    *, mention: Mention, reading: dict[str, Any], sentiment: int | None, read_lang: str | None, undecide: bool
) -> bool:
    """Put a reading in the place of the one before; False where the words it was taken from stand there no more.

    `undecide`: take back what became of it, unless an agent said so or it changed meanwhile; the mention is then
    attended to again.
    """
    row = Mention.objects.filter(pk=mention.pk, text=mention.text, title=mention.title, deleted_at=None)
    if not row.update(reading=reading, sentiment=sentiment, read_lang=read_lang):
        return False
    if undecide:
        as_seen = row.filter(disposition=mention.disposition, decided_by=None)
        as_seen.update(disposition="", disposition_reason="")
    return True
