"""Upstream edits and deletions, honoured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from goodword.connectors.contract import UNPROVEN, Direction, Heard
from goodword.kernel.files import discard_unused
from goodword.listen.models import Mention, MentionEdit, RawItem, Source

_REPEATED_IN = "repeated_in"  # in `Mention.extra`: ids of raw items


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
    is_ours = heard.direction == Direction.OUT
    if is_ours and (not heard.deleted or heard.extra.get(UNPROVEN) or mention.direction != Direction.OUT):
        return None  # our own words come back as the network trimmed them
    if mention.deleted_at is not None:
        _empty(mention.workspace_id, [version.raw_id])  # what is gone stays gone
        return None
    told_by_network = heard.deleted and not heard.author.native_id  # which names the post and not who wrote it
    if not told_by_network and not is_ours and heard.author.native_id != mention.identity.native_id:
        return None
    if heard.deleted:
        _forget(mention, now)
        return mention
    if (heard.text, heard.title) == (mention.text, mention.title):
        _note_repeated(mention, version.raw_id)
        return None
    MentionEdit.objects.create(
        workspace_id=source.workspace_id,
        mention=mention,
        raw_id=version.raw_id,
        text_before=mention.text,
        title_before=mention.title,
        noticed_at=now,
    )
    mention.text, mention.title, mention.html, mention.edited_at = heard.text, heard.title, heard.html, now
    mention.save(update_fields=["text", "title", "html", "edited_at"])
    return mention


def _note_repeated(mention: Mention, raw_id: int) -> None:
    """Raw items that say the same again hold the words too: a deletion has to find them."""
    mention.extra[_REPEATED_IN] = [*mention.extra.get(_REPEATED_IN, ()), raw_id]
    mention.save(update_fields=["extra"])


def _forget(mention: Mention, now: datetime) -> None:
    """Keep that something was said and is gone; neither the words, as heard or as they came, nor the files."""
    raw_ids = [mention.raw_id, *mention.edits.values_list("raw_id", flat=True), *mention.extra.pop(_REPEATED_IN, ())]
    _empty(mention.workspace_id, raw_ids)
    mention.edits.all().delete()
    files = set(mention.attachments.exclude(stored_as="").values_list("stored_as", flat=True))
    mention.attachments.all().delete()
    for name in files:
        transaction.on_commit(partial(discard_unused, mention.workspace_id, name))
    mention.text = mention.title = mention.html = ""
    mention.deleted_at = now
    mention.save(update_fields=["text", "title", "html", "extra", "deleted_at"])


def _empty(workspace_id: int, raw_ids: Iterable[int | None]) -> None:
    """Of what came, that it came is kept."""
    RawItem.objects.of(workspace_id).filter(pk__in=[pk for pk in raw_ids if pk is not None]).update(body=b"")
