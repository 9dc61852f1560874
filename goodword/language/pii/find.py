"""Find private data in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from goodword.language.pii import checks

KINDS: Final = ("email", "iban", "national_id", "card", "address", "booking_code", "phone")
"""In order of precedence: where two overlap, the earlier kind stands."""


class Private(msgspec.Struct, frozen=True, gc=False):
    """One piece of private data: its kind, and the characters [start, end) of the text that it covers."""

    kind: str
    span: tuple[int, int]


_LONGEST_NAME: Final = 64
_EMAIL_NAME = re.compile(r"[\w.%+-]+$")
_EMAIL_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![\w-])")
_IBAN_HEAD = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?= ?[A-Z0-9]{4})", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w+,.])(?:\+ ?)?\(?\d[\d \t./()\u00a0\u2010-\u2015-]{5,30}\d(?![\w])")
_DIGITS = re.compile(r"\d+")
_BETWEEN_GROUPS = re.compile(r"[ \t.\u00a0\u2010-\u2015-]{1,3}")
_CARD_GROUPS: Final = frozenset({
    (13,), (14,), (15,), (16,), (17,), (18,), (19,), (4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3),
    (4, 6, 5), (4, 6, 4), (6, 13), (4, 4, 4, 1), (8, 8),
})  # fmt: skip
"""How many digits stand together where a card is written, before its date and check number follow in the same line."""
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d(?!\d)")
_DECIMAL = re.compile(r"\d+[.]\d+")
_PHONE_WORD = re.compile(
    r"\b(?:phone|tel|telephone|mobile|cell|call|text|whatsapp|handy|telefon|móvil|teléfono|celular|portable)\b"
    r"[^\d\n]{0,20}$",
    re.IGNORECASE,
)
_NORTH_AMERICAN = re.compile(r"1?[2-9]\d\d[2-9]\d{6}")
_LETTERED_IDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    # The UK's national insurance number has no check digit to test: the prefix rules are HMRC's (NIM39110).
    (re.compile(r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b"), bool),
    (re.compile(r"\b[XYZ\d]\d{7}-?[A-Z]\b"), checks.spanish_identity),
    (re.compile(r"\b[A-Z]{6}\d\d[A-EHLMPR-T]\d\d[A-Z]\d{3}[A-Z]\b"), checks.italian_fiscal),
    (re.compile(r"\b[12] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d\b"), checks.french_social_security),
)
_SOCIAL_SECURITY = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")
_NUMBERED_IDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    (re.compile(r"(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d\d(?!\d)"), checks.brazilian_person),
    (re.compile(r"(?<!\d)\d{11}(?!\d)"), checks.polish_person),
)
_BOOKING = re.compile(
    r"\b(?:booking|reservation|confirmation|pnr|locator|reference|ref|order|ticket|tracking|buchungs\w{0,12}|reserva|"
    r"réservation|prenotazione)\b[\s:#.(-]{0,4}(?:(?:code|number|num|no|nr|id|ref|reference|is|was|n°)\b[\s:#.(-]{0,4}){0,3}"
    r"(?-i:(?P<code>[A-Z0-9][A-Z0-9-]{3,18}[A-Z0-9])(?![\w-]))",
    re.IGNORECASE,
)
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Close|Place|Pl|Terrace|Way|Crescent|Square|"
    r"Parkway|Pkwy|Highway|Hwy|Row|Gardens|Grove)"
)
_NAME = r"[A-ZÀ-Þ0-9][\w'’.-]{0,24}"
_LINK = r"(?: (?:de|du|des|la|les|l'|las|los|del|della|dei|da|do|dos)){0,3}?"
_US_STATE = (
    r"(?:A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
)
BOOKING_WORDS: Final = frozenset({
    "booking", "reservation", "confirmation", "pnr", "locator", "reference", "ref", "order", "ticket", "tracking",
    "reserva", "prenotazione",
})  # fmt: skip
"""Those of `_BOOKING` in ASCII; besides, there are words that begin with `buchungs`, and `réservation`."""
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
    re.compile(rf"\b\d{{1,5}}[A-Za-z]? (?:{_NAME} ){{1,4}}{_STREET}\b(?:,? (?:Apt|Unit|Suite|Flat|#)\.? ?\w{{1,6}})?"),
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
_DIGIT = re.compile(r"\d")
_SIX_CAPITALS = re.compile(r"\b[A-Z]{6}\b")


def find(text: str, *, kinds: Sequence[str] = KINDS) -> list[Private]:
    """All private data of a text, by where it starts; no two overlap. `kinds` are those that it can hold at all, where
    that is known."""
    if not kinds:
        return []
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
            if head and tail:
                yield head.start(), tail.end()
        at = text.find("@", at + 1)


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for head in _IBAN_HEAD.finditer(text):
        wanted = checks.IBAN_LENGTHS.get(head[0][:2].upper(), 0)
        code, at = "", head.start()
        while at < len(text) and len(code) < wanted and (text[at].isalnum() or text[at] in " -"):
            code += text[at].upper() if text[at].isalnum() else ""
            at += 1
        if wanted and checks.iban(code):
            yield head.start(), at


def _bare(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _cards(text: str) -> Iterator[tuple[int, int]]:
    """A number that is one as a whole, or groups of digits as cards have them, whatever digits stand beside these."""
    for match in _NUMBER.finditer(text):
        if "+" not in match[0] and checks.card(_bare(match[0])):
            yield match.span()
    yield from _grouped_cards(text, [match.span() for match in _DIGITS.finditer(text)])


def _grouped_cards(text: str, groups: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(groups):
        size = next((size for size in (5, 4, 3, 2, 1) if _is_card(text, groups[at : at + size], size)), 0)
        if size:
            yield groups[at][0], groups[at + size - 1][1]
        at += size or 1


def _is_card(text: str, groups: Sequence[tuple[int, int]], size: int) -> bool:
    if len(groups) < size or tuple(end - start for start, end in groups) not in _CARD_GROUPS:
        return False
    joints = (text[before[1] : after[0]] for before, after in pairwise(groups))
    return all(map(_BETWEEN_GROUPS.fullmatch, joints)) and checks.card(
        "".join(text[start:end] for start, end in groups)
    )


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        digits, written = _bare(match[0]), match[0]
        if not 7 <= len(digits) <= 15 or _DATE.match(written) or _DECIMAL.fullmatch(written):
            continue
        international = written.startswith("+") or digits.startswith("00")
        grouped = len(digits) >= 9 and not written.isdecimal() and written[0] in "0(123456789"
        north_american = _NORTH_AMERICAN.fullmatch(digits) is not None
        trunk = digits.startswith("0") and len(digits) in (10, 11)
        asked = _PHONE_WORD.search(text, max(0, match.start() - 40), match.start()) is not None
        if international or north_american or trunk or asked or (grouped and len(digits) <= 12):
            yield match.span()


def _national_ids(text: str) -> Iterator[tuple[int, int]]:
    for pattern, check in _LETTERED_IDS:
        for match in pattern.finditer(text):
            if check(match[0].replace(" ", "").replace("-", "")):
                yield match.span()
    for match in _SOCIAL_SECURITY.finditer(text):
        if checks.us_social_security(_bare(match[0])):
            yield match.span()
    for pattern, check in _NUMBERED_IDS:
        for match in pattern.finditer(text):
            if check(_bare(match[0])):
                yield match.span()


def _bookings(text: str) -> Iterator[tuple[int, int]]:
    for match in _BOOKING.finditer(text):
        code = match["code"]
        if _DIGIT.search(code) or (len(code) == 6 and code.isalpha() and not text.isupper()):
            yield match.span("code")


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    words = [word.strip(".,;:!?()\"'") for word in text.lower().split()]
    # Few texts name a street: a look at the words spares the rest the dearer patterns.
    named = not _STREET_WORDS.isdisjoint(words) or any(word.endswith(STREET_ENDINGS) for word in words)
    for pattern in (*_STREETS, *_PLACES) if named else _PLACES:
        yield from (match.span() for match in pattern.finditer(text))


_FINDERS: Final = (
    ("email", _emails, 0),
    ("iban", _ibans, 2),
    ("national_id", _national_ids, 6),
    ("card", _cards, 13),
    ("address", _addresses, 1),
    ("booking_code", _bookings, 1),
    ("phone", _phones, 7),
)
"""Each kind, what finds it, and how many digits a text must have at least for that to be worth a look."""
