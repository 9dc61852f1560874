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
_ORDERED = re.compile(
    r"\b(?:order|booking|reservation|confirmation|pnr|ref(?:erence)?|ticket|tracking|case|invoice|parcel|shipment|item|"
    r"bestell\w{0,12}|auftrag\w{0,12}|rechnung\w{0,12}|sendung\w{0,12}|buchung\w{0,12}|pedido|reserva|factura|"
    r"commande|réservation|facture|ordine|prenotazione|fattura|bestelling|zamówieni\w{1,3}|paczk\w{1,3})\b[^\d\n]{0,20}$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def bookings(text: str) -> Iterator[tuple[int, int]]:
    """Codes behind a word that says what they are."""
    shouts = text.isupper()
    for match in _BOOKING.finditer(text):
        if _DIGIT.search(match["code"]) or _is_code_of_letters(match, shouts=shouts):
            yield match.span("code")


def names_order(text: str, start: int) -> bool:
    """Whether what stands at `start` is said to be the number of an order, a ticket, a parcel."""
    return _ORDERED.search(text, max(0, start - 40), start) is not None


def _is_code_of_letters(match: re.Match[str], *, shouts: bool) -> bool:
    """Six capitals that are called a code; where nobody calls them one, or all is in capitals, such as are no word."""
    code = match["code"]
    if not (len(code) == 6 and code.isalpha()):
        return False
    called = match["label"].lower() in ("pnr", "locator") or _SAYS_CODE.search(match["said"]) is not None
    vowels = len(_VOWEL.findall(code))
    return vowels <= 1 and called if shouts else called or vowels == 0
