"""What we write, as it is kept and sent."""

from __future__ import annotations

import regex

from goodword.connectors.storable import storable_text

_SEEN = regex.compile(r"[^\p{C}\p{Z}\p{M}]")


def own_text(text: str) -> str:
    """With newlines as networks expect them (forms post CRLF), nothing that can't be stored, no blank margins.

    Empty where nothing of it can be seen: spaces, controls, and marks without a letter.
    """
    if not _SEEN.search(text):
        return ""
    return storable_text(text).replace("\r\n", "\n").replace("\r", "\n").strip()
