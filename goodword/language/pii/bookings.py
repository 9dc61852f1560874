"""Codes of bookings and orders, known by the word before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_BOOKING = re.compile(
    r"\b(?P<label>booking|reservation|confirmation|pnr|locator|reference|ref|order|ticket|tracking|buchungs\w{0,12}|reserva|"
    r"réservation|prenotazione)\b(?P<said>[\s:#.(-]{0,4}"
    r"(?:(?:code|number|num|no|nr|id|ref|reference|is|was|n°)\b[\s:#.(-]{0,4}){0,3})"
    r"(?-i:(?P<code>[A-Z0-9][A-Z0-9-]{3,18}[A-Z0-9])(?![\w-]))",
    re.IGNORECASE,
)
_SAYS_CODE = re.compile(r"[:#]|\b(?:code|number|num|no|nr|id|ref|reference|n°)\b", re.IGNORECASE)
_VOWEL = re.compile(r"[AEIOU]")
BOOKING_WORDS: Final = frozenset({
    "booking", "reservation", "confirmation", "pnr", "locator", "reference", "ref", "order", "ticket", "tracking",
    "reserva", "prenotazione",
})  # fmt: skip
"""Those of `_BOOKING` in ASCII; besides, there are words that begin with `buchungs`, and `réservation`."""
_DIGIT = re.compile(r"\d")


def bookings(text: str) -> Iterator[tuple[int, int]]:
    """Codes behind a word that says what they are."""
    shouts = text.isupper()
    for match in _BOOKING.finditer(text):
        if _DIGIT.search(match["code"]) or _is_code_of_letters(match, shouts=shouts):
            yield match.span("code")


def _is_code_of_letters(match: re.Match[str], *, shouts: bool) -> bool:
    """Six capitals that are called a code; where nobody calls them one, or all is in capitals, such as are no word."""
    code = match["code"]
    if not (len(code) == 6 and code.isalpha()):
        return False
    called = match["label"].lower() in ("pnr", "locator") or _SAYS_CODE.search(match["said"]) is not None
    vowels = len(_VOWEL.findall(code))
    return vowels <= 1 and called if shouts else called or vowels == 0
