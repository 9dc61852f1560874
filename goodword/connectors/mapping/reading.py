"""An item to what was said, by a mapping. Pure."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from goodword.connectors.contract import MAX_ADDRESS, Author, Heard, Kind, Malformed
from goodword.connectors.mapping.fields import Mapping
from goodword.connectors.mapping.paths import Path, at_path, write_path
from goodword.connectors.mapping.payload import Item
from goodword.connectors.mime.html_text import read_html
from goodword.connectors.storable import bounded, fingerprint, storable_text

_SECONDS = 100_000_000  # since 1970: below it is a date without separators, as 20260304
_MILLISECONDS = 100_000_000_000  # as seconds this would be the year 5138


def heard_of(item: Item, mapping: Mapping, *, place: str, received_at: datetime | None = None) -> Heard:
    """`place` is what names mean something within: a host. Raises `Malformed` with the path that is to be mended."""
    text, title = _words(item, mapping.text), _words(item, mapping.title)
    if not (text or title):
        raise Malformed(f"Nothing stands at {_named(mapping.text, 'text')}.")
    at = _moment(item, mapping.at) or received_at
    if at is None:
        raise Malformed(f"No time stands at {_named(mapping.at, 'time')}.")
    name, given_id = _text(item, mapping.author), _text(item, mapping.id)
    author_id = _text(item, mapping.author_id)
    rating, parent = _stars(item, mapping), _text(item, mapping.parent)
    own = given_id or f"said:{fingerprint(chr(0).join((name, author_id, title, text)).encode())}"
    return Heard(
        native_id=bounded(own),
        author=_author(name, author_id, own, place),
        at=at,
        text=text or title,
        title=title if text else "",
        kind=Kind.REPLY if parent else Kind.REVIEW if rating is not None else Kind.POST,
        private=mapping.is_private,
        parent=bounded(parent) if parent else None,
        url=_address(_text(item, mapping.url)),
        rating=rating,
    )


def _named(path: Path, what: str) -> str:
    return f"“{write_path(path)}”" if path else f"any path of the {what}: fill it in"


def _text(item: Item, path: Path) -> str:
    """Raises `Malformed` for what is no single value."""
    value = at_path(item, path) if path else None
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dict | list):
        raise Malformed(f"At “{write_path(path)}” stands no single value: go on with the path.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return storable_text(str(value)).strip()


def _words(item: Item, path: Path) -> str:
    text = _text(item, path)
    return read_html(text).text if text.startswith("<") and text.endswith(">") else text


def _author(name: str, author_id: str, own: str, place: str) -> Author:
    """Without a number a name means somebody at this place; where nobody is named, each is somebody of their own."""
    known = author_id or (f"{name}@{place}" if name else f"unnamed:{own}")
    return Author(bounded(known), handle=(name or author_id)[:MAX_ADDRESS], name=name)


def _stars(item: Item, mapping: Mapping) -> float | None:
    """None for what is no number, or not within the stars that there are."""
    try:
        stars = float(_text(item, mapping.stars).replace(",", ".")) * 5 / mapping.stars_of
    except (ValueError, ZeroDivisionError):
        return None
    return round(stars, 2) if math.isfinite(stars) and 0 <= stars <= 5 else None


def _moment(item: Item, path: Path) -> datetime | None:
    """None where no time is given. Raises `Malformed` for what isn't understood: a guess would be wrong silently."""
    written = _text(item, path)
    if not written:
        return None
    try:
        seconds = float(written)
        if seconds >= _SECONDS:
            return datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(written)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    raise Malformed(f"At “{write_path(path)}” stands no time that can be read: ISO 8601 or seconds since 1970.")


def _address(written: str) -> str | None:
    try:
        is_web = urlsplit(written).scheme in {"http", "https"}
    except ValueError:
        return None
    return written[:2000] if is_web else None
