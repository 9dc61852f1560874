"""Where somebody lives: streets with a number, and postcodes that stand for a few houses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_COUNTED = r"(?i:stars?|times|people|minutes?|mins|hours?|days?|weeks?|months?|years?|out|of)"
"""What follows a number that is no house's: "5 Stars Way better"."""
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Close|Place|Pl|Terrace|Way|Crescent|Square|"
    r"Parkway|Pkwy|Highway|Hwy|Row|Gardens|Grove)"
)
_NAME = r"[A-ZÀ-Þ0-9][\w'’.-]{0,24}"
_LINK = r"(?: (?:de|du|des|la|les|l'|las|los|del|della|dei|da|do|dos)){0,3}?"
_US_STATE = (
    r"(?:A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
)
ENGLISH_STREET_WORDS: Final = frozenset({
    "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "boulevard", "blvd", "court", "ct",
    "close", "place", "pl", "terrace", "way", "crescent", "square", "parkway", "pkwy", "highway", "hwy", "row",
    "gardens", "grove",
})  # fmt: skip
"""They are looked for with a capital, after a number."""
OTHER_STREET_WORDS: Final = frozenset({
    "rue", "avenue", "boulevard", "chemin", "place", "impasse", "calle", "avenida", "paseo", "plaza", "via", "viale",
    "piazza", "corso", "rua", "travessa",
})  # fmt: skip
_STREET_WORDS: Final = ENGLISH_STREET_WORDS | OTHER_STREET_WORDS
STREET_ENDINGS: Final = ("straße", "strasse", "str", "weg", "platz", "allee", "gasse", "laan", "straat")
_STREETS: Final = (
    re.compile(
        rf"\b\d{{1,5}}[A-Za-z]? (?!{_COUNTED}\b)(?:{_NAME} ){{1,4}}{_STREET}\b"
        r"(?:,? (?:Apt|Unit|Suite|Flat|#)\.? ?\w{1,6})?"
    ),
    re.compile(r"\b[A-ZÄÖÜ]\w{0,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|laan|straat) ?\d{1,4}[a-z]?\b"),
    re.compile(
        r"\b(?i:rue|avenue|boulevard|calle|avenida|paseo|plaza|via|viale|piazza|corso|rua|travessa)"
        rf"{_LINK} (?:{_NAME},? ){{1,4}}(?:n[º°.]? ?)?\d{{1,4}}\b"
    ),
    re.compile(rf"\b\d{{1,4}}(?: bis)?,? (?:rue|avenue|boulevard|chemin|place|impasse){_LINK}(?: {_NAME}){{1,4}}"),
)
_PLACES: Final = (
    # A British postcode stands for some fifteen houses (Royal Mail's format).
    re.compile(r"\b(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-HJKPSTUW\d]? \d[ABD-HJLNP-UW-Z]{2})\b"),
    re.compile(rf"\b[A-Z][a-z]{{2,20}},? {_US_STATE} \d{{5}}(?:-\d{{4}})?\b"),
)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Streets with a number, and postcodes."""
    words = [word.strip(".,;:!?()\"'") for word in text.lower().split()]
    # Few texts name a street: a look at the words spares the rest the dearer patterns.
    named = not _STREET_WORDS.isdisjoint(words) or any(word.endswith(STREET_ENDINGS) for word in words)
    for pattern in (*_STREETS, *_PLACES) if named else _PLACES:
        yield from (match.span() for match in pattern.finditer(text))
