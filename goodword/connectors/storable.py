"""Strings that every store can hold: ids of a bounded length, text without what PostgreSQL refuses."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated

from msgspec import Meta

from goodword.connectors.contract import MAX_ADDRESS, MAX_ID, MAX_LANGUAGE

# For the payloads of connectors: what is longer or larger than can be kept is malformed.
Short = Annotated[str, Meta(max_length=MAX_ADDRESS)]
Language = Annotated[str, Meta(min_length=1, max_length=MAX_LANGUAGE)]
Followers = Annotated[int, Meta(ge=0, le=1 << 62)]
Stars = Annotated[float, Meta(ge=0, le=5)]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# The escapes of a JSON body, one after the other, so that the text `\u0000` behind an escaped backslash is none. Those
# in a named group can't be stored; two surrogates that belong together are one character, and can.
_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(?P<nul>\\u0000)|(?P<surrogate>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)
_REPAIRED = {"nul": "U+0000 replaced by U+FFFD", "surrogate": "half a character replaced by U+FFFD"}


def bounded(native_id: str) -> str:
    """The id itself, or a stable digest of it when it is longer than `MAX_ID` characters."""
    if len(native_id) <= MAX_ID:
        return native_id
    return "sha256:" + hashlib.sha256(native_id.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(body: bytes) -> str:
    """A short fingerprint of a body, for delivery ids: the same row again has the same one, an edited row another."""
    return hashlib.blake2b(body, digest_size=8).hexdigest()


def is_storable(text: str) -> bool:
    """Whether PostgreSQL's `text` can hold it: no U+0000 and no lone surrogate."""
    if text.isascii():  # which is known of a string, and true of most ids
        return "\x00" not in text
    return not _UNSTORABLE.search(text)


def storable_text(text: str) -> str:
    """The text with U+FFFD in place of each character that PostgreSQL's `text` can't hold."""
    return text if is_storable(text) else _UNSTORABLE.sub("\ufffd", text)


def storable_json(body: bytes) -> tuple[bytes, list[str]]:
    """A JSON body that decodes to storable text, and what had to be replaced by U+FFFD for it."""
    repaired = []
    if not body.isascii():
        decoded = body.decode("utf-8", "replace").encode()
        if decoded != body:
            body = decoded
            repaired.append("invalid UTF-8 replaced by U+FFFD")
    if b"\\u0000" in body or b"\\ud" in body or b"\\uD" in body:
        wrong = {escape.lastgroup for escape in _ESCAPE.finditer(body) if escape.lastgroup}
        body = _ESCAPE.sub(lambda escape: rb"\ufffd" if escape.lastgroup else escape[0], body) if wrong else body
        repaired += [_REPAIRED[name] for name in sorted(wrong)]
    return body, repaired
