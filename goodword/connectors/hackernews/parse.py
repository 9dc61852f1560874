"""An item to what was said. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from goodword.connectors.contract import Author, Heard, Kind, Malformed, Raw
from goodword.connectors.hackernews.items import read_raw
from goodword.connectors.mime.html_text import read_html
from goodword.connectors.storable import bounded, storable_json

_SITE = "https://news.ycombinator.com/item?id="


def parse(raw: Raw) -> Heard:
    """Raises `Malformed`."""
    body, repaired = storable_json(raw.body)
    try:
        item = read_raw(body)
        at = datetime.fromtimestamp(item.time, UTC)
    except (msgspec.DecodeError, RecursionError, ValueError, OverflowError, OSError) as error:
        raise Malformed(f"Not an item of Hacker News: {error}.") from error
    if item.is_gone:
        return Heard(bounded(str(item.id)), Author(native_id=""), at, text="", deleted=True)
    if not item.by:
        raise Malformed("An item needs somebody who wrote it.")
    text = read_html(item.text).text
    if item.url:
        text = f"{text}\n\n{item.url}" if text else item.url
    return Heard(
        native_id=bounded(str(item.id)),
        author=Author(native_id=bounded(item.by), handle=item.by),
        at=at,
        text=text or item.title,
        title=item.title if text else "",
        kind=Kind.POST if item.parent is None else Kind.REPLY,
        parent=None if item.parent is None else bounded(str(item.parent)),
        url=f"{_SITE}{item.id}",
        html=item.text,
        extra={"repaired": repaired} if repaired else {},
    )
