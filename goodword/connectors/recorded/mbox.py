"""Mailboxes in the mbox format (RFC 4155; the mboxrd rule: each quoted `From ` loses one `>`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import IO

from goodword.connectors.contract import Direction, Heard, Raw
from goodword.connectors.mime.message import parse_mail
from goodword.connectors.recorded.reading import Read, Rejected, Unreadable
from goodword.connectors.storable import fingerprint

CONTENT_TYPE = "message/rfc822"
MAX_MESSAGE = 64 << 20  # bytes

_BEGINS = re.compile(rb"^From \S+.*\d{2}:\d{2}")
_QUOTED_FROM = re.compile(rb"^>+From ")


def read(file: IO[bytes]) -> Read:
    """Check at once that a mailbox begins here, then give one `Raw` a mail."""
    first = file.readline(4096)
    if first and not first.startswith(b"From "):
        raise Unreadable("This is not an mbox file: its first line must begin with “From ”.")
    return _records(file)


def _records(file: IO[bytes]) -> Read:
    lines: list[bytes] = []
    size, began, is_blank_before = 0, 2, False
    for number, line in enumerate(file, start=2):
        if is_blank_before and _BEGINS.match(line):
            yield _finished(lines, size, began)
            lines, size, began = [], 0, number + 1
        else:
            size += len(line)
            if size <= MAX_MESSAGE:
                lines.append(line[1:] if _QUOTED_FROM.match(line) else line)
        is_blank_before = not line.strip()
    if lines:
        yield _finished(lines, size, began)


def _finished(lines: Sequence[bytes], size: int, began: int) -> Raw | Rejected:
    body = b"".join(lines)
    raw = Raw(fingerprint(body), body, CONTENT_TYPE)
    if size > MAX_MESSAGE:
        start = Raw(raw.delivery_id, body[:100_000], CONTENT_TYPE)
        return Rejected(start, began, f"The mail is larger than {MAX_MESSAGE >> 20} MB.")
    return raw


def parse(raw: Raw, own_addresses: Sequence[str]) -> Sequence[Heard]:
    """One mail to what was said; `out` when it is from one of our own addresses. Raises `Malformed`."""
    heard = parse_mail(raw.body, received=None, own_addresses=own_addresses)
    if heard.author.native_id not in own_addresses:
        return (heard,)
    correspondent = next((address for address in heard.addressed if address not in own_addresses), "")
    return (replace(heard, direction=Direction.OUT, thread_scope=correspondent),)
