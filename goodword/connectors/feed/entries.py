"""What we keep of a feed's entries, whatever it is written in; and the raw items that they become.

Left out is what changes by itself (votes, comments counted, when the feed was built anew), so that the same words are
the same bytes at every look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from goodword.connectors.contract import Raw
from goodword.connectors.storable import Stars, fingerprint

MOST_FILES = 10


class Person(msgspec.Struct, omit_defaults=True):
    """Who wrote it, as far as the feed says."""

    name: str = ""
    address: str = ""  # a page or profile, or an e-mail address


class File(msgspec.Struct, omit_defaults=True):
    """Something beside the words, to be fetched."""

    address: str
    kind: str = ""
    title: str = ""


class Entry(msgspec.Struct, omit_defaults=True):
    """One entry. As a raw item it also bears where it was found, and when, if it has no time of its own."""

    id: str
    title: str = ""
    content: str = ""  # HTML
    link: str = ""
    author: Person = msgspec.field(default_factory=Person)
    published: datetime | None = None  # aware
    rating: Stars | None = None
    answers: str = ""  # id of the entry that this is a comment on
    lang: str = ""
    files: list[File] = []
    gone: bool = False
    place: str = ""  # host of the feed: a name alone means somebody there only
    found_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was at one look. Entries are in the order of the document."""

    title: str
    format: str
    entries: Sequence[Entry]
    every: timedelta | None = None  # how often it wants to be looked at
    next_page: str = ""  # an address with what is older
    hub: str = ""  # of WebSub, and the name under which the hub knows the feed
    topic: str = ""


class NotAFeed(ValueError):
    """What was found is no feed; the message says what it is."""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Entry)


def key_of(entry: Entry) -> str:
    """Knows an entry again."""
    return fingerprint(entry.id.encode("utf-8", "surrogatepass"))


def print_of(entry: Entry) -> str:
    """Another one where an entry says something else than before."""
    return fingerprint(_encoder.encode(entry))


def raw_of(entry: Entry, *, place: str, now: datetime) -> Raw:
    """As it is kept."""
    found_at = None if entry.published else now
    kept = msgspec.structs.replace(entry, place=place)
    body = _encoder.encode(msgspec.structs.replace(kept, found_at=found_at))
    return Raw(f"entry/{key_of(entry)}/{print_of(kept)}", body)  # the same, whenever it is found


def read_raw(body: bytes) -> Entry:
    """Raises `msgspec.DecodeError`."""
    return _decoder.decode(body)
