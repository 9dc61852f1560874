"""What was said or called, as one small item, whether Twilio told us or we asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from goodword.connectors.contract import Raw
from goodword.connectors.storable import Short

_LONGEST_STATUS = 100

Sid = Annotated[str, Meta(pattern=r"^[A-Z]{2}[0-9a-fA-F]{32}$")]


class File(msgspec.Struct):
    """A picture of an MMS, or a recording; it needs the account's token."""

    url: str
    kind: str = ""


class Message(msgspec.Struct, tag="message"):
    """An SMS or MMS from a customer."""

    sid: Sid
    caller: Short
    at: datetime
    text: str = ""
    files: list[File] = []
    country: str = ""
    opted_out: bool = False


class Voicemail(msgspec.Struct, tag="voicemail"):
    """What a caller left; `call` is the call in which they did."""

    sid: Sid
    caller: Short
    at: datetime
    call: Sid
    recording: File
    seconds: int = 0
    country: str = ""


class Transcript(msgspec.Struct, tag="transcript"):
    """What a caller left, in writing."""

    sid: Sid
    caller: Short
    at: datetime
    voicemail: Sid
    text: str
    url: str = ""


class Call(msgspec.Struct, tag="call"):
    """A call that ended without a message."""

    sid: Sid
    caller: Short
    at: datetime
    status: str = "completed"
    seconds: int = 0
    country: str = ""


class Status(msgspec.Struct, tag="status"):
    """How far an SMS of ours came."""

    sid: Sid
    at: datetime
    status: str
    error: str = ""
    key: str = ""


Item = Message | Voicemail | Transcript | Call | Status


def raw_of(item: Item) -> Raw:
    """The same thing again is the same, however it came: when it was told is no part of what it is."""
    status = f"/{item.status}" if isinstance(item, Call | Status) else ""
    kind = type(item).__name__.lower()
    return Raw(f"{item.sid}/{kind}{status[:_LONGEST_STATUS]}", msgspec.json.encode(item))
