"""Header fields as people meant them: encoded words, addresses, message ids, dates."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, mktime_tz, parsedate_tz

from goodword.connectors.mime.charsets import decode
from goodword.connectors.storable import bounded, storable_text

MAX_HEADER = 32_768  # characters of one field that are looked at; the rest is of no use to anyone
MAX_REFERENCES = 100

_ENCODED_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]+\?[bBqQ]\?)")
_MESSAGE_ID = re.compile(r"<([^<>\s]+)>")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: its address in lower case, and the name its owner shows."""

    address: str
    name: str


def raw_fields(message: Message, name: str) -> list[str]:
    """All fields of this name, top to bottom, unfolded and storable; raw bytes are decoded as UTF-8 or Latin."""
    found = (value for key, value in message.raw_items() if key.lower() == name)
    return [_unfolded(str(value)) for value in found]


def raw_field(message: Message, name: str) -> str:
    """The first field of this name, or nothing."""
    return next(iter(raw_fields(message, name)), "")


def _unfolded(value: str) -> str:
    value = value[:MAX_HEADER]
    if not value.isascii():
        value = decode(value.encode("utf-8", "surrogateescape"), None).text
    return _SPACE.sub(" ", storable_text(value)).strip()


def text_field(message: Message, name: str) -> str:
    """A field of free text, such as the subject, with its encoded words decoded."""
    return decode_words(raw_field(message, name))


def decode_words(value: str) -> str:
    """RFC 2047, and what is sent under its name: neighbouring words may share a character between them."""
    value = _BETWEEN_WORDS.sub(r"\1", value)
    pieces: list[str] = []
    pending: tuple[str, bytes] | None = None
    for charset, content, plain in _words(value):
        if pending and charset == pending[0]:
            pending = (charset, pending[1] + content)
            continue
        if pending:
            pieces.append(decode(pending[1], pending[0]).text)
        pending = (charset, content) if charset else None
        pieces.append(plain)
    if pending:
        pieces.append(decode(pending[1], pending[0]).text)
    return _SPACE.sub(" ", storable_text("".join(pieces))).strip()


def _words(value: str) -> Iterator[tuple[str, bytes, str]]:
    """Encoded words as (charset, bytes, ""), and what stands between them as ("", b"", text)."""
    end = 0
    for match in _ENCODED_WORD.finditer(value):
        if match.start() > end:
            yield "", b"", value[end : match.start()]
        charset, encoding, written = match.groups()
        yield charset.split("*")[0].lower(), _word_bytes(encoding, written), ""
        end = match.end()
    if end < len(value):
        yield "", b"", value[end:]


def _word_bytes(encoding: str, written: str) -> bytes:
    content = written.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(content, header=True)
    try:
        return binascii.a2b_base64(content + b"=" * (-len(content) % 4))
    except binascii.Error:
        return content


def addresses(message: Message, name: str) -> list[Address]:
    """The mailboxes in all fields of this name. What is no address is left out."""
    try:
        listed = getaddresses(raw_fields(message, name))
    except RecursionError:  # thousands of opening parentheses
        return []
    found = []
    for shown, written in listed:
        address = _CONTROL.sub("", written).strip().strip("<>").lower()
        if address and " " not in address and len(address) <= 254:
            found.append(Address(bounded(address), decode_words(shown)))
    return found


def message_ids(message: Message, name: str) -> list[str]:
    """The message ids in all fields of this name, in order, each once, without angle brackets."""
    found: dict[str, None] = {}
    for value in raw_fields(message, name):
        for message_id in _MESSAGE_ID.findall(value):
            found.setdefault(bounded(message_id))
    return list(found)[-MAX_REFERENCES:]


def own_id(message: Message) -> str | None:
    """The message's own id, also where its angle brackets were forgotten."""
    found = message_ids(message, "message-id")
    if found:
        return found[0]
    bare = raw_field(message, "message-id").strip("<> ")
    return bounded(bare) if bare and " " not in bare else None


def date(value: str) -> datetime | None:
    """A date in the form of RFC 5322, or near enough; None when it can't be read."""
    try:
        parsed = parsedate_tz(value)
        return datetime.fromtimestamp(mktime_tz(parsed), UTC) if parsed else None
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None
