"""Note what files came with mentions; they are looked at later, off the hot path (`attach`)."""

from __future__ import annotations

from collections.abc import Sequence

from goodword.connectors.contract import Heard, Media
from goodword.kernel.files import keep
from goodword.listen.attaching import wake_attaching
from goodword.listen.models import Attachment, Mention


def note_attachments(mentions: Sequence[Mention], heard: Sequence[Heard]) -> None:
    """One waiting row per file. Bytes that came along are kept at once; addresses are fetched later."""
    noted = Attachment.objects.bulk_create(
        _noted(mention, media) for mention, item in zip(mentions, heard, strict=True) for media in item.media
    )
    if noted:
        wake_attaching()


def _noted(mention: Mention, media: Media) -> Attachment:
    return Attachment(
        workspace_id=mention.workspace_id,
        mention=mention,
        filename=media.filename[:255],
        declared_type=media.declared_type[:100],
        alt=media.alt,
        inline_id=media.inline_id[:255],
        remote_url=media.url or "",
        stored_as=keep(mention.workspace_id, media.content) if media.content is not None else "",
        size=len(media.content or b""),
    )
