"""What we write, as it is kept and sent."""

from __future__ import annotations

from goodword.connectors.storable import storable_text


def own_text(text: str) -> str:
    """With newlines as networks expect them (forms post CRLF), nothing that can't be stored, no blank margins."""
    return storable_text(text).replace("\r\n", "\n").replace("\r", "\n").strip()
