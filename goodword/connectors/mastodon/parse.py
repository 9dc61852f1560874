"""A raw item of Mastodon to what was said. Pure."""

from __future__ import annotations

import mimetypes
import re
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from goodword.connectors.contract import MAX_LANGUAGE, Author, Direction, Heard, Kind, Malformed, Media, Raw
from goodword.connectors.mastodon.entities import Account, Attachment, Status, read_envelope, time_of
from goodword.connectors.mime.html_text import read_html
from goodword.connectors.storable import bounded, storable_json

_NAMES = re.compile(r'<a\b[^<>]*\bclass="[^"<>]*\b(?:mention|hashtag)\b[^"<>]*"[^<>]*>', re.IGNORECASE)


def parse(raw: Raw) -> Heard:
    """Raises `Malformed`."""
    body, repaired = storable_json(raw.body)
    try:
        envelope = read_envelope(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"Not a post of Mastodon: {error}.") from error
    if envelope.gone:
        at = time_of(envelope.gone)
        return Heard(bounded(envelope.gone), Author(native_id=""), at, text="", deleted=True)
    status = envelope.status
    if status is None or not status.id or not status.account.id or not status.account.acct:
        raise Malformed("A post needs an id and an author with an id and a name.")
    return _heard(status, ours=envelope.ours, repaired=repaired)


def text_of(content: str) -> str:
    """What a reader of this HTML sees: @names and #tags as they are written, other links in full."""
    return read_html(_NAMES.sub("<a>", content)).text


def author_of(account: Account) -> Author:
    """Known everywhere by the address of the account, which stays when its name changes."""
    known = account.uri or account.url or account.acct
    host = "" if "@" in account.acct else host_of(known)
    return Author(
        native_id=bounded(known),
        handle=f"{account.acct}@{host}"[:320] if host else account.acct,
        name=account.display_name,
        followers=account.followers_count,
    )


def host_of(address: str) -> str:
    """The host of an address; empty where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _heard(status: Status, *, ours: bool, repaired: list[str]) -> Heard:
    extra: dict[str, object] = {"visibility": status.visibility[:20]}
    if status.edited_at:
        extra["changed_at"] = _aware(status.edited_at).isoformat()
    if repaired:
        extra["repaired"] = repaired
    language = status.language or ""
    return Heard(
        native_id=bounded(status.id),
        author=author_of(status.account),
        at=_aware(status.created_at),
        text=text_of(status.content),
        title=status.spoiler_text,
        direction=Direction.OUT if ours else Direction.IN,
        kind=Kind.REPLY if status.in_reply_to_id else Kind.POST,
        private=status.visibility in {"private", "direct"},
        parent=bounded(status.in_reply_to_id) if status.in_reply_to_id else None,
        addressed=tuple(each.acct for each in status.mentions if each.acct),
        lang=language if 0 < len(language) <= MAX_LANGUAGE else None,
        url=status.url,
        media=tuple(media for each in status.media_attachments if (media := _media(each))),
        automatic=status.account.bot and not ours,
        html=status.content,
        extra=extra,
    )


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise Malformed("A post needs a time with its zone.")
    return at


def _media(given: Attachment) -> Media | None:
    url = given.url or given.remote_url
    if not url:
        return None
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Media(filename=name[:255] or given.id, declared_type=kind, url=url, alt=given.description or "")
