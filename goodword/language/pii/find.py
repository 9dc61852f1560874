"""Find private data in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from goodword.language.pii.bookings import bookings
from goodword.language.pii.identities import national_ids
from goodword.language.pii.numbers import cards, ibans, phones
from goodword.language.pii.streets import addresses

KINDS: Final = ("email", "iban", "national_id", "card", "address", "booking_code", "phone")
"""In order of precedence: where two overlap, the earlier kind stands."""


class Private(msgspec.Struct, frozen=True, gc=False):
    """One piece of private data: its kind, and the characters [start, end) of the text that it covers."""

    kind: str
    span: tuple[int, int]


_LONGEST_NAME: Final = 64
_LATIN: Final = "A-Za-zÀ-ÖØ-öø-ɏ"
_EMAIL_NAME = re.compile(rf"[{_LATIN}0-9_.%+-]+$")
_EMAIL_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![A-Za-z0-9_-])")
_DIGIT = re.compile(r"\d")
_SIX_CAPITALS = re.compile(r"\b[A-Z]{6}\b")
_PLAIN: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys((0xA0, 0x2007, 0x202F), 32)
"""Full-width forms and spaces that don't break, one character each, so that places in the text stay."""


def find(text: str, *, kinds: Sequence[str] = KINDS) -> list[Private]:
    """All private data of a text, by where it starts; no two overlap. `kinds` are those that it can hold at all, where
    that is known."""
    if not kinds:
        return []
    if not text.isascii():
        text = text.translate(_PLAIN)
    digits = len(_DIGIT.findall(text))
    capitals = _SIX_CAPITALS.search(text) is not None
    found: list[Private] = []
    for kind, finder, least_digits in _FINDERS:
        if kind in kinds and (digits >= least_digits or (kind == "booking_code" and capitals)):
            for start, end in finder(text):
                at = bisect_left(found, start, key=_start)
                if (at == 0 or found[at - 1].span[1] <= start) and (at == len(found) or found[at].span[0] >= end):
                    found.insert(at, Private(kind, (start, end)))
    return found


def _start(private: Private) -> int:
    return private.span[0]


def _emails(text: str) -> Iterator[tuple[int, int]]:
    """Looked for at each `@` that is not the beginning of a handle, since most posts hold handles and no address."""
    at = text.find("@")
    while at != -1:
        if at and (text[at - 1].isalnum() or text[at - 1] in "._%+-"):
            head, tail = _EMAIL_NAME.search(text, max(0, at - _LONGEST_NAME), at), _EMAIL_HOST.match(text, at + 1)
            if head and tail and text[head.start() - 1 : head.start()] != "@":  # @user@host is a handle
                yield head.start(), tail.end()
        at = text.find("@", at + 1)


_FINDERS: Final = (
    ("email", _emails, 0),
    ("iban", ibans, 2),
    ("national_id", national_ids, 6),
    ("card", cards, 13),
    ("address", addresses, 1),
    ("booking_code", bookings, 1),
    ("phone", phones, 7),
)
"""Each kind, what finds it, and how many digits a text must have at least for that to be worth a look."""
