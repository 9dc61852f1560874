"""Which pages may show the chat, as written in the settings: one origin a line."""

from __future__ import annotations

import re

from goodword.connectors.contract import Settings

# Strict, since it is written into a header: a scheme, a host (an IPv6 address in brackets), perhaps a port, no more.
_ORIGIN = re.compile(r"https?://(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_MOST = 50


class OriginsUnreadable(ValueError):
    """The origins in the settings can't be understood; the message says which."""


def read_origins(settings: Settings) -> tuple[str, ...]:
    """The origins, as browsers write them. Raises `OriginsUnreadable`."""
    found = dict.fromkeys(_origin(word) for word in str(settings.get("origins") or "").split())
    if len(found) > _MOST:
        raise OriginsUnreadable(f"These are {len(found)} origins; {_MOST} is the most.")
    return tuple(found)


def _origin(written: str) -> str:
    origin = written.rstrip("/").lower()
    if not _ORIGIN.fullmatch(origin):
        raise OriginsUnreadable(f"{written[:80]!r} is no origin; write e.g. https://shop.example, without a path.")
    scheme, _, rest = origin.partition("://")
    return f"{scheme}://{rest.removesuffix(':443' if scheme == 'https' else ':80')}"
