"""One thing that was said, by whom, and with what attached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

MAX_ID = 255  # characters of any id a connector hands over; `storable.bounded` shortens longer ones, stably
MAX_ADDRESS = 320  # characters of a handle, an address, or a scope: as long as an e-mail address may be
MAX_LANGUAGE = 16  # characters of a language tag

# In `Heard.extra`, on words of the direction `out`: they bear a key as we write it, and anybody could. The house looks
# whether it ever used that key; where it did not, the words count as somebody else's.
UNPROVEN = "unproven"


class Kind(StrEnum):
    """What sort of thing was said. Routing depends on capabilities, never on this."""

    POST = "post"
    REPLY = "reply"
    REPOST = "repost"
    REVIEW = "review"
    MAIL = "mail"
    CHAT = "chat"


class Direction(StrEnum):
    """Who spoke: the customer to the brand (`in`), or the brand (`out`)."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Author:
    """Who spoke, as the network knows them. `native_id` is stable; a handle may change hands."""

    native_id: str
    handle: str = ""
    name: str = ""
    followers: int | None = None
    verified: bool = False  # the channel itself vouches for this identity (a signed token, a login)
    email: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """An attachment: its bytes, or an address on the network to fetch it from."""

    filename: str
    declared_type: str
    content: bytes | None = None
    url: str | None = None
    alt: str = ""
    inline_id: str = ""  # Content-ID of an image shown inside a mail's text


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was said. Text is as it was written; nothing is trimmed or masked here.

    Every string can be stored: what PostgreSQL's text can't hold (U+0000, lone surrogates) stands as U+FFFD, and
    `extra["repaired"]` then lists what was replaced. A second `Heard` of the same native id is the same thing again,
    or an edit where its text differs; see `Capabilities.hears_edits`. `extra["country"]`, where a network tells it, is
    the code (ISO 3166) of the country that the author writes from.
    """

    native_id: str
    author: Author  # of a deletion that the network tells by the post's id alone, one with an empty native id
    at: datetime  # aware
    text: str
    direction: Direction = Direction.IN
    kind: Kind = Kind.POST
    private: bool = False
    title: str = ""
    parent: str | None = None  # native id of what this answers
    references: tuple[str, ...] = ()  # further native ids of the same conversation, oldest first
    thread: str | None = None  # the network's own name for the conversation, where it has one
    thread_scope: str = ""  # joins by parent or references count only within the same scope (mail: the sender)
    addressed: tuple[str, ...] = ()  # handles or addresses it was directed at
    lang: str | None = None
    url: str | None = None
    rating: float | None = None  # stars of five
    media: tuple[Media, ...] = ()
    html: str = ""  # as received; shown only after sanitising
    deleted: bool = False  # the network says: gone; `text` is then empty
    automatic: bool = False  # an out-of-office note, a bounce, a mailing list: never answered automatically
    idempotency_key: str | None = None  # our own words coming back: their key; one we never used proves nothing
    extra: Mapping[str, Any] = field(default_factory=dict)
