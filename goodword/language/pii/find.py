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
# Greek, Cyrillic, Armenian, Hebrew, Arabic, the scripts of India, Georgian, Hangul: spaces part their words.
_SPACED: Final = r"\u0370-\u06ff\u0900-\u0d7f\u10a0-\u10ff\uac00-\ud7a3"
_UNSPACED: Final = r"\u0e00-\u0e7f\u3005\u3041-\u30ff\u3400-\u9fff"
_EMAIL_NAME = re.compile(rf"(?:[{_LATIN}0-9_.%+-]+|[{_SPACED}0-9_.%+-]+|(?P<unspaced>[{_UNSPACED}0-9_.%+-]+))$")
_LABEL: Final = rf"[{_LATIN}{_SPACED}{_UNSPACED}0-9-]{{1,63}}"
# Where the words of a script aren't set apart, nothing but its own name says where the top level ends: those in use of
# the IANA's root zone.
_TOP: Final = (
    rf"(?:xn--[A-Za-z0-9-]{{2,59}}|[A-Za-z]{{2,24}})(?![{_LATIN}0-9_-])|[{_SPACED}]{{2,24}}|中国|中國|香港|台湾|台灣|公司|网络|"
    r"网址|在线|中文网|商城|商店|网店|网站|手机|集团|みんな|コム|クラウド|ストア|ไทย|คอม"
)
_EMAIL_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,4}}\.(?:{_TOP})")
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
            if head and tail and not _is_handle(text, head, tail):
                yield head.start(), tail.end()
        at = text.find("@", at + 1)


def _is_handle(text: str, head: re.Match[str], tail: re.Match[str]) -> bool:
    """`@user@host`; and `看@example.com`, where a handle follows a word without a space."""
    after_at = text[head.start() - 1 : head.start()] == "@"
    return after_at or (head["unspaced"] is not None and tail[0].isascii())


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
