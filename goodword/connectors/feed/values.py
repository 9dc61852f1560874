"""Single values as feeds write them: times, addresses, text that may be HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from urllib.parse import urljoin, urlsplit

from goodword.connectors.mime.html_text import read_html
from goodword.connectors.storable import fingerprint, storable_text

_TAG = re.compile(r"<[a-zA-Z/!]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def as_html(text: str) -> str:
    """Of what may be text or HTML, and doesn't say: text keeps its lines."""
    text = storable_text(text)
    if _TAG.search(text) or _ENTITY.search(text):
        return text
    return escape(text, quote=False).replace("\n", "<br>")


def absolute(link: str, base: str) -> str:
    """An address of the web, or nothing."""
    try:
        joined = urljoin(base, link.strip())
        is_web = urlsplit(joined).scheme in {"http", "https"} and bool(urlsplit(joined).hostname)
    except ValueError:
        return ""
    return storable_text(joined) if is_web and len(joined) <= 2000 else ""


def moment(text: str) -> datetime | None:
    """A time as RSS (RFC 822), Atom and JSON Feed (ISO 8601) write it. Without a zone it counts as UTC."""
    text = text.strip()
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(text)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def made_up_id(*parts: str) -> str:
    """For an entry that has neither an id nor an address: it is what it says."""
    return f"said:{fingerprint(chr(0).join(parts).encode('utf-8', 'surrogatepass'))}"


def as_line(text: str) -> str:
    """Of a title, which may be text or HTML, what is read."""
    return " ".join(read_html(as_html(text)).text.split())
