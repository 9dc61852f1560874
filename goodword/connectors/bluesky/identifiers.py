"""Addresses and keys of the AT protocol: at-URIs, DIDs, TIDs. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Self

POSTS = "app.bsky.feed.post"

_AT_URI = re.compile(
    r"at://(?P<did>did:[a-z]+:[A-Za-z0-9._:%-]{1,100})/(?P<collection>[A-Za-z0-9.-]{1,100})/(?P<rkey>[A-Za-z0-9._~:-]{1,60})"
)
_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,100}")
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"  # base32, sorted as its values are
_TID = re.compile(f"[234567abcdefghij][{_DIGITS}]{{12}}")
_CLOCK_BITS = 10
_AFTER_BITS = 20  # microseconds: within a second or so


@dataclass(frozen=True, slots=True)
class RecordAddress:
    """Where a record lies: whose repository, which collection, under which key."""

    did: str
    rkey: str
    collection: str = POSTS

    def __str__(self) -> str:
        return f"at://{self.did}/{self.collection}/{self.rkey}"

    @classmethod
    def read(cls, uri: str) -> Self | None:
        """From an at-URI that names its repository by DID; None for anything else."""
        found = _AT_URI.fullmatch(uri)
        return cls(found["did"], found["rkey"], found["collection"]) if found else None


def is_did(text: str) -> bool:
    """Whether it is a decentralised identifier."""
    return _DID.fullmatch(text) is not None


def owner_of(uri: str) -> str:
    """The DID that an at-URI begins with; "" for anything else."""
    return uri[5:].partition("/")[0] if uri.startswith("at://") else ""


def tid(microseconds: int, clock: int) -> str:
    """A timestamp identifier: 53 bits of microseconds since 1970, 10 bits that tell clocks apart, in base32."""
    number = (microseconds & ((1 << 53) - 1)) << _CLOCK_BITS | (clock & ((1 << _CLOCK_BITS) - 1))
    return "".join(_DIGITS[number >> shift & 31] for shift in range(60, -5, -5))


def microseconds_of(rkey: str) -> int | None:
    """The time in a TID; None for other keys."""
    if not _TID.fullmatch(rkey):
        return None
    number = 0
    for digit in rkey:
        number = number << 5 | _DIGITS.index(digit)
    return number >> _CLOCK_BITS


def reply_key(idempotency_key: str, parent_rkey: str) -> str:
    """The record key of a reply: always the same one for the same key, so that the network takes it once.

    Posts must have a TID. Its time is that of the parent and up to a second after, so that it sorts where it belongs.
    """
    digest = int.from_bytes(hashlib.sha256(f"{idempotency_key}\0{parent_rkey}".encode()).digest()[:8], "big")
    begin = microseconds_of(parent_rkey) or 1_700_000_000_000_000
    return tid(begin + 1 + (digest >> _CLOCK_BITS & ((1 << _AFTER_BITS) - 1)), digest)
