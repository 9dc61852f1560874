"""What a channel can do and what bounds it, as data: no code outside a connector asks for its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Count(StrEnum):
    """How a network counts the length of a text."""

    CHARACTERS = "characters"
    GRAPHEMES = "graphemes"
    UTF16 = "utf16"  # code units: what lies beyond U+FFFF counts two
    BYTES = "bytes"
    WEIGHTED = "weighted"
    SHORTENED = "shortened"  # graphemes; a link counts 23, and of @name@domain only @name


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do and what bounds it. Data, so that pages and rules ask this and not for a name."""

    can_listen: bool = True
    can_reply: bool = False
    can_reply_privately: bool = False
    public: bool = True  # what is said here can be read by anyone
    live: bool = False  # the customer waits in front of the screen (chat)
    can_find_sent: bool = False
    can_write_first: bool = False  # to an address that never wrote here (mail)
    max_length: int | None = None
    count: Count = Count.CHARACTERS
    reply_window: timedelta | None = None  # since the customer's last message
    private_window: timedelta | None = None  # the same, where that message is private; None: `reply_window`
    # Of a private reply to public words, since they were said; the network lets us write one until they answer it.
    first_private_window: timedelta | None = None
    # The platform proves who speaks: a login, a key. False where a sender can be forged, or is said by another system.
    authors_proven: bool = False
    hears_edits: bool = True  # False: the first text under a native id stays (mail: anyone can write any Message-ID)
    supports_subject: bool = False
    max_attachments: int = 0
    max_attachment_bytes: int = 0
    attachment_types: tuple[str, ...] = ()  # sniffed types; empty: any
    icon: str = "message-square"  # name in the icon sprite
