"""Upstream edits and deletions, honoured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.connectors.contract import Direction, Heard
from goodword.listen.models import Mention, MentionEdit, Source


@dataclass(frozen=True, slots=True)
class Version:
    """What was said, as one raw item has it."""

    heard: Heard
    raw_id: int


def change(*, source: Source, version: Version, now: datetime) -> Mention | None:
    """Bring a known mention up to date; None when nothing changed. What stood there before an edit is kept;
    a deletion keeps nothing of the words.

    Only where the network itself tells of edits, and only from whoever said it first: anyone can send a mail under an
    id that exists.
    """
    heard = version.heard
    if not source.capabilities.hears_edits:
        return None
    mention = (
        Mention.objects.of(source.workspace_id)
        .select_for_update(of=("self",))
        .select_related("identity")
        .get(source=source, external_id=heard.native_id)
    )
    if heard.direction == Direction.OUT or mention.deleted_at is not None:
        return None  # our own words come back as the network trimmed them; what is gone stays gone
    if heard.author.native_id != mention.identity.native_id:
        return None
    if heard.deleted:
        mention.edits.all().delete()
        mention.text = mention.title = mention.html = ""
        mention.deleted_at = now
        mention.save(update_fields=["text", "title", "html", "deleted_at"])
        return mention
    if (heard.text, heard.title) == (mention.text, mention.title):
        return None
    MentionEdit.objects.create(
        workspace_id=source.workspace_id, mention=mention, text_before=mention.text, noticed_at=now
    )
    mention.text, mention.title, mention.html, mention.edited_at = heard.text, heard.title, heard.html, now
    mention.save(update_fields=["text", "title", "html", "edited_at"])
    return mention
