"""A raw item of Reddit to what was said. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from goodword.connectors.contract import Author, Direction, Heard, Kind, Malformed, Raw
from goodword.connectors.reddit.things import Thing, read_raw
from goodword.connectors.storable import bounded

_SITE = "https://www.reddit.com"


def parse(raw: Raw) -> Heard:
    """Raises `Malformed`."""
    try:
        thing, repaired = read_raw(raw.body)
        at = datetime.fromtimestamp(thing.created_utc, UTC)
    except (msgspec.DecodeError, RecursionError, ValueError, OverflowError, OSError) as error:
        raise Malformed(f"Not a post or comment of Reddit: {error}.") from error
    if not thing.name:
        raise Malformed("A post or comment needs a name.")
    if thing.is_gone:
        return Heard(bounded(thing.name), Author(native_id=""), at, text="", deleted=True)
    if not thing.author:
        raise Malformed("A post or comment needs somebody who wrote it.")
    text = _text(thing)
    return Heard(
        native_id=bounded(thing.name),
        author=Author(bounded(thing.author_fullname or f"u/{thing.author}"), handle=thing.author),
        at=at,
        text=text or thing.title,
        title=thing.title if text else "",
        direction=Direction.OUT if thing.ours else Direction.IN,
        kind=Kind.REPLY if thing.parent_id else Kind.POST,
        parent=bounded(thing.parent_id) if thing.parent_id else None,
        url=f"{_SITE}{thing.permalink}" if thing.permalink.startswith("/") else None,
        extra={**({"subreddit": thing.subreddit[:50]} if thing.subreddit else {}), **_repaired(repaired)},
    )


def _text(thing: Thing) -> str:
    """Markdown as it was written, and where a post leads to."""
    text = thing.body or thing.selftext
    leads_away = bool(thing.url) and not (thing.permalink and thing.url.endswith(thing.permalink))
    if thing.parent_id or not leads_away:
        return text
    return f"{text}\n\n{thing.url}" if text else thing.url


def _repaired(repaired: list[str]) -> dict[str, object]:
    return {"repaired": repaired} if repaired else {}
